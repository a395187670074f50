package org.jettyphp.cgi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The value of an own variable, with placeholders, read once at start. */
record Template(List<Part> parts) {

    /** Plain text (kind TEXT) or the name a placeholder asks for. */
    record Part(Kind kind, String text) {}

    enum Kind {
        TEXT,
        HEADER,
        ATTR,
        ENV
    }

    static Template parse(String setting, String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", at)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException(setting + " has a ${ without }");
            }
            addText(parts, text.substring(at, open));
            parts.add(placeholder(setting, text.substring(open + 2, close)));
            at = close + 1;
        }
        addText(parts, text.substring(at));
        return new Template(List.copyOf(parts));
    }

    private static void addText(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part(Kind.TEXT, text));
        }
    }

    private static Part placeholder(String setting, String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        if (!List.of("header", "attr", "env").contains(kind) || colon + 1 == text.length()) {
            throw new IllegalArgumentException(setting + ": ${" + text + "} is none of ${header:NAME}, ${attr:NAME}, ${env:NAME}");
        }
        return new Part(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), text.substring(colon + 1));
    }

    /** The value for a request; null if it consists of placeholders only and none of them has a value, so that the variable is not set. */
    @Nullable String expand(CgiRequest request) {
        StringBuilder value = new StringBuilder();
        boolean any = parts.isEmpty();
        for (Part part : parts) {
            String text = switch (part.kind()) {
                case TEXT -> part.text();
                case HEADER -> request.header(part.text());
                case ATTR -> asText(request.attributes().apply(part.text()));
                case ENV -> System.getenv(part.text());
            };
            if (text != null) {
                value.append(text);
                any = true;
            }
        }
        return any ? value.toString() : null;
    }

    private static @Nullable String asText(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
