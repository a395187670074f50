package org.jettyphp.launch;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Media types that are text, whatever they are called, and what else is known to shrink. All others are left alone. */
final class CompressibleTypes {

    private static final String TEXT = "text/";

    /** It is flushed event by event, which compressed on its own is hardly smaller. */
    private static final String EVENTS = "text/event-stream";

    private static final List<String> NOTATIONS = List.of("+xml", "+json");

    private static final Set<String> OTHERS = Set.of("application/json", "application/x-ndjson", "application/javascript",
            "application/x-javascript", "application/ecmascript", "application/xml", "application/wasm", "application/vnd.ms-fontobject",
            "font/ttf", "font/otf", "image/bmp", "image/x-icon", "image/vnd.microsoft.icon");

    private CompressibleTypes() {}

    static boolean contains(HttpFields headers) {
        return contains(headers.get(HttpHeader.CONTENT_TYPE));
    }

    static boolean contains(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String type = (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
        return type.startsWith(TEXT) && !type.equals(EVENTS) || OTHERS.contains(type) || NOTATIONS.stream().anyMatch(type::endsWith);
    }
}
