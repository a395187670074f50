package org.jettyphp.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A urlencoded form that somebody in front of us has read as parameters, put together again. */
final class ConsumedForm {

    private ConsumedForm() {}

    /** The body; empty if it was no form. */
    static byte[] of(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null || !type.regionMatches(true, 0, "application/x-www-form-urlencoded", 0, 33)) {
            return new byte[0];
        }
        Map<String, Integer> inQuery = namesIn(request.getQueryString());
        StringBuilder form = new StringBuilder();
        request.getParameterMap().forEach((name, values) -> {
            // The Servlet API gives the values of the query string first (Servlet 6.1, 3.1).
            for (int i = inQuery.getOrDefault(name, 0); i < values.length; i++) {
                form.append(form.length() == 0 ? "" : "&").append(encoded(name)).append('=').append(encoded(values[i]));
            }
        });
        return form.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Map<String, Integer> namesIn(@org.jspecify.annotations.Nullable String query) {
        Map<String, Integer> names = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                if (!pair.isEmpty()) {
                    names.merge(URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8), 1, Integer::sum);
                }
            }
        }
        return names;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
