package org.jettyphp.cgi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The value of one {@code param.*}: literal text and the placeholders <code>${header:X}</code>, <code>${attr:X}</code>,
 * <code>${env:X}</code>. The environment is read once, when compiled; what is constant then is encoded once. A dollar sign without a
 * brace is literal.
 */
final class ParamTemplate {

    /** A piece of the value. */
    private sealed interface Part {}

    private record Literal(byte[] bytes) implements Part {}

    private record HeaderValue(String header) implements Part {}

    private record Attribute(String attribute) implements Part {}

    private final String name;
    private final List<Part> parts;

    private ParamTemplate(String name, List<Part> parts) {
        this.name = name;
        this.parts = parts;
    }

    /** @throws IllegalArgumentException a malformed placeholder, an unset environment variable or a control character */
    static ParamTemplate compile(String name, String text, Function<String, @Nullable String> environment) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        boolean dynamic = false;
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("${", at);
            literal.append(text, at, open < 0 ? text.length() : open);
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            int colon = text.indexOf(':', open);
            if (close < 0 || colon < 0 || colon > close || colon + 1 == close) {
                throw malformed(name);
            }
            String key = text.substring(colon + 1, close);
            switch (text.substring(open + 2, colon)) {
                case "env" -> literal.append(fromEnvironment(name, key, environment));
                case "header" -> dynamic = flush(name, literal, parts).add(new HeaderValue(key));
                case "attr" -> dynamic = flush(name, literal, parts).add(new Attribute(key));
                default -> throw malformed(name);
            }
            at = close + 1;
        }
        // A constant value may be empty; of a dynamic one only what has text is kept.
        if (!dynamic || literal.length() > 0) {
            parts.add(literal(name, literal));
        }
        return new ParamTemplate(name, List.copyOf(parts));
    }

    /**
     * The value for one request; null: it has none, because all it consists of is missing from the request. A missing piece beside
     * others is empty.
     */
    byte @Nullable [] expand(CgiRequest request) throws VariableRefusedException {
        if (parts.size() == 1) {
            return bytes(parts.get(0), request);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream(64);
        boolean something = false;
        for (Part part : parts) {
            byte[] bytes = bytes(part, request);
            if (bytes != null) {
                something = true;
                value.writeBytes(bytes);
            }
        }
        return something ? value.toByteArray() : null;
    }

    private byte @Nullable [] bytes(Part part, CgiRequest request) throws VariableRefusedException {
        if (part instanceof Literal literal) {
            return literal.bytes;
        }
        if (part instanceof HeaderValue header) {
            String value = value(request.headers(), header.header);
            return value == null ? null : ValueBytes.ofHeader(name, value);
        }
        Object value = request.attributes().apply(((Attribute) part).attribute);
        return value == null ? null : ValueBytes.ofText(name, value.toString());
    }

    private static @Nullable String value(Iterable<Header> headers, String name) {
        String value = null;
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                String separator = name.equalsIgnoreCase("Cookie") ? "; " : ", ";
                value = value == null ? header.value() : value + separator + header.value();
            }
        }
        return value;
    }

    private static List<Part> flush(String name, StringBuilder literal, List<Part> parts) {
        if (literal.length() > 0) {
            parts.add(literal(name, literal));
            literal.setLength(0);
        }
        return parts;
    }

    private static Literal literal(String name, StringBuilder text) {
        if (ValueBytes.firstControl(text.toString()) >= 0) {
            throw new IllegalArgumentException("param." + name + ": the value has a control character; remove it");
        }
        return new Literal(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String fromEnvironment(String name, String key, Function<String, @Nullable String> environment) {
        String value = environment.apply(key);
        if (value == null) {
            throw new IllegalArgumentException("param." + name + ": the environment variable " + Quoted.of(key)
                    + " is not set; set it (it may be empty) or take ${env:" + key + "} out");
        }
        return value;
    }

    private static IllegalArgumentException malformed(String name) {
        return new IllegalArgumentException("param." + name + ": a placeholder is ${header:NAME}, ${attr:NAME} or ${env:NAME}; "
                + "a literal ${ can only come through ${env:NAME}");
    }
}
