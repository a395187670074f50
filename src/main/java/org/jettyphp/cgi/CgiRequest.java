package org.jettyphp.cgi;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as the server knows it.
 *
 * @param tls variables by their names in Apache's mod_ssl; empty without TLS
 * @param headers in the order received, values as Latin-1
 * @param attributes the server's request attributes, for placeholders; null for one that is not set
 */
public record CgiRequest(Line line, ScriptPath script, Ends ends, Login login, Map<String, String> tls, List<Header> headers, Body body,
        Function<String, @Nullable Object> attributes) {

    /**
     * The request line.
     *
     * @param uri path and query as sent
     * @param query as sent; empty if there is none
     */
    public record Line(String method, String protocol, String scheme, String uri, String query) {}

    /**
     * What runs.
     *
     * @param contextPath decoded; empty at the root
     * @param scriptName decoded, below the context
     * @param filename the file as PHP-FPM sees it
     * @param documentRoot as PHP-FPM sees it
     */
    public record ScriptPath(String contextPath, String scriptName, String filename, @Nullable String pathInfo, String documentRoot) {}

    /** Both ends of the client's connection; addresses as the server gives them. */
    public record Ends(String remoteAddress, int remotePort, String serverAddress, String serverName, int serverPort) {}

    /** Who the server has found the client to be. */
    public record Login(@Nullable String user, @Nullable String type) {}

    /** The body's true length, negative if there is none, and its media type. */
    public record Body(long length, @Nullable String type) {}

    /** A header line. */
    public record Header(String name, String value) {}

    @Nullable String header(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return header.value();
            }
        }
        return null;
    }

    /** The same with a body that has come meanwhile. */
    public CgiRequest withBody(Body received) {
        return new CgiRequest(line, script, ends, login, tls, headers, received, attributes);
    }
}
