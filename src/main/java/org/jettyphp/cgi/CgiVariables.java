package org.jettyphp.cgi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one request, in the order in which they are to be sent; no name comes twice (PHP would take the last).
 *
 * <p>Names are ASCII; values are bytes of any length. The arrays are shared between requests, so that nothing constant is encoded
 * twice: never write into them. Immutable apart from that, for any thread.
 */
public final class CgiVariables {

    private static final Set<String> SECRET = Set.of("HTTP_AUTHORIZATION", "HTTP_PROXY_AUTHORIZATION", "HTTP_COOKIE", "SSL_SESSION_ID",
            "PHP_VALUE", "PHP_ADMIN_VALUE");

    private static final String[] SECRET_PART = {"PASS", "SECRET", "TOKEN", "KEY"};

    private final byte[][] pairs;
    private final int end;

    /** @param end how much of the array is in use */
    CgiVariables(byte[][] pairs, int end) {
        this.pairs = pairs;
        this.end = end;
    }

    /** Takes one variable. */
    @FunctionalInterface
    public interface Sink {

        /** Called once for each variable, in order. Neither array may be written into. */
        void variable(byte[] name, byte[] value);
    }

    /** How many there are. */
    public int size() {
        return end / 2;
    }

    /** The name at {@code index}, from 0 to {@link #size()} - 1. */
    public byte[] name(int index) {
        return pairs[2 * index];
    }

    /** The value at {@code index}, from 0 to {@link #size()} - 1. */
    public byte[] value(int index) {
        return pairs[2 * index + 1];
    }

    /** Hands over all of them in order. */
    public void forEach(Sink sink) {
        for (int i = 0; i < end; i += 2) {
            sink.variable(pairs[i], pairs[i + 1]);
        }
    }

    /** The value of {@code name} read as UTF-8; null: not sent. Searches from the start: for logs and tests. */
    public @Nullable String get(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < end; i += 2) {
            if (Arrays.equals(pairs[i], wanted)) {
                return new String(pairs[i + 1], StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** One variable a line, for a log at debug level, with credentials blanked. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEach((name, value) -> {
            String variable = new String(name, StandardCharsets.UTF_8);
            text.append(variable).append('=').append(isSecret(variable) ? "(blanked)" : new String(value, StandardCharsets.UTF_8))
                    .append('\n');
        });
        return text.toString();
    }

    private static boolean isSecret(String name) {
        return SECRET.contains(name) || Arrays.stream(SECRET_PART).anyMatch(name::contains);
    }
}
