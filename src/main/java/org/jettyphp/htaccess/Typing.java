package org.jettyphp.htaccess;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What files are.
 *
 * @param types by ending, without the dot, lower case
 * @param encodings by ending
 * @param forced the type of all; null: not said
 * @param charset of text without one; empty: none; null: not said
 * @param runs whether scripts run; null: not said
 * @param handlers to whom Apache would hand files instead of sending them, by ending
 * @param handler the same for all, whatever their ending; null: not said
 */
record Typing(Map<String, String> types, Map<String, String> encodings, @Nullable String forced, @Nullable String charset,
        @Nullable Boolean runs, Map<String, Handler> handlers, @Nullable Handler handler) {

    /** Who has a file before anybody is sent it. */
    enum Handler {
        NOBODY, PROGRAM, PHP
    }

    Typing merge(Typing over) {
        return new Typing(merge(types, over.types), merge(encodings, over.encodings), over.forced != null ? over.forced : forced,
                over.charset != null ? over.charset : charset, over.runs != null ? over.runs : runs, merge(handlers, over.handlers),
                over.handler != null ? over.handler : handler);
    }

    private static <T> Map<String, T> merge(Map<String, T> base, Map<String, T> over) {
        if (base.isEmpty() || over.isEmpty()) {
            return base.isEmpty() ? over : base;
        }
        Map<String, T> merged = new HashMap<>(base);
        merged.putAll(over);
        return merged;
    }
}
