package org.jettyphp.cgi;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What PHP is to learn about one request. Filled by {@code servlet}, read by {@link Variables}.
 *
 * @param line the request line
 * @param script which script, under which names
 * @param connection who talks to whom
 * @param login who the container says the client is
 * @param tls the TLS session; null over plain text
 * @param body length and type of the body as PHP will get it
 * @param headers all headers in the order received; a name may come more than once
 * @param attributes request attributes by name, for {@code ${attr:X}}; null where there is none
 * @param environment variables that the application's own rules set; those that mean something to PHP itself are left out
 */
public record CgiRequest(
        Line line,
        Script script,
        Connection connection,
        Login login,
        @Nullable TlsSession tls,
        Body body,
        Iterable<Header> headers,
        Function<String, @Nullable Object> attributes,
        Map<String, String> environment) {

    /**
     * The request line.
     *
     * @param method as received, for example {@code GET}
     * @param protocol for example {@code HTTP/1.1} or {@code HTTP/2.0}
     * @param scheme {@code http} or {@code https}
     * @param rawUri path and query exactly as received, before any decoding or rewriting
     * @param rawQuery the query of the request that PHP is to see, undecoded, without the question mark; null: none
     */
    public record Line(String method, String protocol, String scheme, String rawUri, @Nullable String rawQuery) {}

    /**
     * The script and where it lies. All decoded; sent as UTF-8.
     *
     * @param contextPath the prefix under which the application is mounted, for example {@code /blog}; empty: none
     * @param name the script's path below the context path, for example {@code /index.php}
     * @param filename the script's absolute path in FPM's file system
     * @param pathInfo the rest of the path after the script, with its leading slash; null: none
     * @param documentRoot the document root as FPM sees it, without a slash at the end
     */
    public record Script(String contextPath, String name, String filename, @Nullable String pathInfo, String documentRoot) {}

    /**
     * Both ends of the client's connection. Addresses in any spelling of IPv4 or IPv6, with or without brackets.
     *
     * @param remoteAddr the client's address
     * @param remotePort the client's port
     * @param serverAddr the address it reached
     * @param serverName the host name it asked for; an IPv6 address in brackets, as in a URI
     * @param serverPort the port it asked for
     */
    public record Connection(String remoteAddr, int remotePort, String serverAddr, String serverName, int serverPort) {}

    /**
     * The container's login: never what an unchecked {@code Authorization} header claims.
     *
     * @param user the user; null: nobody has logged in
     * @param authType how, for example {@code BASIC}; null: unknown
     */
    public record Login(@Nullable String user, @Nullable String authType) {

        /** Nobody has logged in. */
        public static final Login NONE = new Login(null, null);
    }

    /**
     * The body as PHP will get it, which may differ from what the client declared (a chunked upload arrives whole).
     *
     * @param length its true length in bytes; 0: an empty body was declared; -1: the request has no body
     * @param type the value of {@code Content-Type}; null: none
     */
    public record Body(long length, @Nullable String type) {

        /** The request has no body. */
        public static final Body NONE = new Body(-1, null);
    }
}
