package org.jettyphp.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query that a script gets; or, until the request's own is known, what stands around the places for that.
 *
 * @param around one piece: the query itself
 */
public record Query(List<String> around) {

    static Query of(String text) {
        return new Query(List.of(text));
    }

    Query completedWith(@Nullable String own) {
        if (own != null && !own.isEmpty()) {
            return of(String.join(own, around));
        }
        String text = text();
        return of(text.endsWith("&") ? text.substring(0, text.length() - 1) : text);
    }

    /** As PHP gets it; empty for none. */
    public String text() {
        return String.join("", around);
    }

    @Override
    public String toString() {
        return text();
    }
}
