package org.jettyphp.htaccess;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What files are.
 *
 * @param types by ending, without the dot, lower case
 * @param encodings by ending
 * @param forced the type of all; null: not said
 * @param charset of text without one; empty: none; null: not said
 * @param runs whether scripts run; null: not said
 * @param handled endings of files that Apache would not send but hand to a program
 * @param allHandled whether it would do so with all files; null: not said
 */
record Typing(Map<String, String> types, Map<String, String> encodings, @Nullable String forced, @Nullable String charset,
        @Nullable Boolean runs, Set<String> handled, @Nullable Boolean allHandled) {

    Typing merge(Typing over) {
        return new Typing(merge(types, over.types), merge(encodings, over.encodings), over.forced != null ? over.forced : forced,
                over.charset != null ? over.charset : charset, over.runs != null ? over.runs : runs, merge(handled, over.handled),
                over.allHandled != null ? over.allHandled : allHandled);
    }

    private static Map<String, String> merge(Map<String, String> base, Map<String, String> over) {
        if (base.isEmpty() || over.isEmpty()) {
            return base.isEmpty() ? over : base;
        }
        Map<String, String> merged = new HashMap<>(base);
        merged.putAll(over);
        return merged;
    }

    private static Set<String> merge(Set<String> base, Set<String> over) {
        if (base.isEmpty() || over.isEmpty()) {
            return base.isEmpty() ? over : base;
        }
        Set<String> merged = new HashSet<>(base);
        merged.addAll(over);
        return merged;
    }
}
