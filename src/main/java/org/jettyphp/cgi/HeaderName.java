package org.jettyphp.cgi;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request header's name as a variable (RFC 3875, section 4.1.18).
 *
 * @param variable for example {@code HTTP_X_FORWARDED_FOR}; empty: the header is not passed on
 * @param bytes the same in ASCII
 * @param underscore whether the header's name has an underscore
 */
record HeaderName(String variable, byte[] bytes, boolean underscore) {

    private static final HeaderName DROPPED = new HeaderName("", new byte[0], false);

    /** What joins several values: RFC 9110, section 5.3; for cookies RFC 9113, section 8.2.3 (PHP splits cookies at semicolons only). */
    String separator() {
        return variable.equals("HTTP_COOKIE") ? "; " : ", ";
    }

    boolean dropped() {
        return variable.isEmpty();
    }

    /** Names seen so far. Bounded: clients choose them. Past the bound a name is worked out anew each time, with the same result. */
    static final class Table {

        private static final Logger LOG = LoggerFactory.getLogger(HeaderName.class);

        private static final int MOST_NAMES = 1024;

        /**
         * Never passed on. {@code Proxy} would become HTTP_PROXY, which many programs take for their own proxy (httpoxy, CVE-2016-5385).
         * Type and length have variables of their own (RFC 3875, section 4.1.18); the length may be another than the client said, and
         * the body is given whole, so a transfer coding would be a lie.
         */
        private static final Set<String> NEVER = Set.of("HTTP_PROXY", "HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING");

        private final Map<String, HeaderName> names = new ConcurrentHashMap<>();
        private final boolean underscores;
        private final Set<String> own;

        Table(boolean underscores, Set<String> own) {
            this.underscores = underscores;
            this.own = own;
        }

        HeaderName of(String header) {
            HeaderName known = names.get(header);
            if (known != null) {
                return known;
            }
            HeaderName made = make(header);
            if (names.size() < MOST_NAMES) {
                names.put(header, made);
                if (made.dropped()) {
                    LOG.debug("request header {} is not passed to PHP", Quoted.of(header));
                }
            }
            return made;
        }

        private HeaderName make(String header) {
            if (header.isEmpty() || !passes(header)) {
                return DROPPED;
            }
            String variable = "HTTP_" + header.toUpperCase(Locale.ROOT).replace('-', '_');
            if (NEVER.contains(variable) || own.contains(variable)) {
                return DROPPED;
            }
            return new HeaderName(variable, variable.getBytes(StandardCharsets.US_ASCII), header.indexOf('_') >= 0);
        }

        /** PHP makes an underscore of many characters, so that {@code Remote.User} would pass for {@code Remote-User}. */
        private boolean passes(String header) {
            for (int i = 0; i < header.length(); i++) {
                char c = header.charAt(i);
                boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
                if (!letter && !(c >= '0' && c <= '9') && c != '-' && !(c == '_' && underscores)) {
                    return false;
                }
            }
            return true;
        }
    }
}
