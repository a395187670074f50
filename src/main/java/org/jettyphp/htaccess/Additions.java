package org.jettyphp.htaccess;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rules add to whatever answers.
 *
 * @param environment variables for the script
 * @param headers in order
 * @param errorDocuments by status: a path, a URL or a text
 * @param freshness how long copies are good; null: nothing is said
 * @param type of a plain file; null: as its ending says
 * @param encoding of a plain file; null: none
 * @param charset of {@code text/html} and {@code text/plain} without one; null: none
 */
public record Additions(Map<String, String> environment, List<HeaderEdit> headers, Map<Integer, String> errorDocuments,
        @Nullable Expiry freshness, @Nullable String type, @Nullable String encoding, @Nullable String charset) {

    /** Nothing. */
    public static final Additions NONE = new Additions(Map.of(), List.of(), Map.of(), null, null, null, null);

    /** mod_expires, where it is active. */
    public record Expiry(Map<String, Lifetime> byType, @Nullable Lifetime byDefault) {

        /** For an answer of a media type, without parameters; null: nothing is said. */
        @Nullable
        public Lifetime of(String type) {
            Lifetime exact = byType.get(type);
            if (exact != null) {
                return exact;
            }
            Lifetime kind = byType.get(type.substring(0, Math.max(0, type.indexOf('/'))) + "/*");
            return kind != null ? kind : byDefault;
        }
    }
}
