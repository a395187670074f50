package org.jettyphp.cgi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The request headers as {@code HTTP_*} variables, one for each name, in the order in which the names first came. */
final class HeaderVariables {

    private static final String HOST = "HTTP_HOST";

    private final HeaderName.Table names;
    private final boolean ownHost;

    HeaderVariables(boolean underscores, Set<String> own) {
        names = new HeaderName.Table(underscores, own);
        ownHost = own.contains(HOST);
    }

    void add(VariableList list, CgiRequest request) throws VariableRefusedException {
        Map<String, Values> all = new LinkedHashMap<>();
        for (Header header : request.headers()) {
            HeaderName name = names.of(header.name());
            if (!name.dropped()) {
                Values before = all.get(name.variable());
                if (before == null) {
                    all.put(name.variable(), new Values(name, header.value()));
                } else {
                    before.add(name, header.value());
                }
            }
        }
        String host = hostOfAuthority(request);
        if (host != null && !ownHost && !all.containsKey(HOST)) {
            all.put(HOST, new Values(names.of("Host"), host));
        }
        for (Values values : all.values()) {
            list.add(values.name.bytes(), ValueBytes.ofHeader(values.name.variable(), values.joined()));
        }
    }

    /** From HTTP/2 on the host may come as :authority alone (RFC 9113, section 8.3.1); scripts need it as HTTP_HOST. Null before HTTP/2. */
    private static @Nullable String hostOfAuthority(CgiRequest request) {
        String protocol = request.line().protocol();
        if (!protocol.startsWith("HTTP/") || protocol.startsWith("HTTP/0") || protocol.startsWith("HTTP/1")) {
            return null;
        }
        int port = request.connection().serverPort();
        int usual = "https".equalsIgnoreCase(request.line().scheme()) ? 443 : 80;
        String name = request.connection().serverName();
        return port == usual ? name : name + ":" + port;
    }

    /** The values of one variable so far. */
    private static final class Values {

        private HeaderName name;
        private String first;
        private @Nullable StringBuilder several;

        Values(HeaderName name, String value) {
            this.name = name;
            this.first = value;
        }

        /** {@code X-A} and {@code X_A} become the same variable: hyphens win, since proxies in front set and clear names with hyphens. */
        void add(HeaderName other, String value) {
            if (name.underscore() && !other.underscore()) {
                name = other;
                first = value;
                several = null;
            } else if (name.underscore() == other.underscore()) {
                if (several == null) {
                    several = new StringBuilder(first);
                }
                several.append(name.separator()).append(value);
            }
        }

        String joined() {
            return several == null ? first : several.toString();
        }
    }
}
