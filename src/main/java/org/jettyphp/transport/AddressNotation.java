package org.jettyphp.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Reads an {@link Address} as people have it already: php-fpm's {@code listen} values, Apache's {@code SetHandler} and {@code ProxyPass},
 * nginx's {@code fastcgi_pass}, Caddy's upstreams, and plain URLs.
 */
public final class AddressNotation {

    private static final String UNDERSTOOD = String.join("\n  ", "What is understood:",
            "127.0.0.1:9000, [::1]:9000, localhost:9000, 9000, /run/php/php8.2-fpm.sock   (as php-fpm's listen)",
            "proxy:fcgi://localhost:9000, proxy:unix:/path/app.sock|fcgi://localhost/      (as in Apache, with or without proxy:)",
            "unix:/path/app.sock                                                           (as in nginx)",
            "unix//path/app.sock                                                           (as in Caddy)",
            "tcp://host:9000, fcgi://host:9000");

    private static final int DEFAULT_PORT = 9000;

    private AddressNotation() {}

    /**
     * Reads one target.
     *
     * @throws IllegalArgumentException with the list of what is understood
     */
    public static Address read(String target) {
        String text = target.strip();
        try {
            return text.startsWith("proxy:") ? afterProxy(text.substring("proxy:".length())) : afterProxy(text);
        } catch (IllegalArgumentException notUnderstood) {
            throw new IllegalArgumentException("target '" + target + "': " + notUnderstood.getMessage() + ". " + UNDERSTOOD, notUnderstood);
        }
    }

    private static Address afterProxy(String text) {
        if (text.startsWith("unix//")) {
            return unix(text.substring("unix/".length()));
        }
        if (text.startsWith("unix:")) {
            return unix(beforeApachesUrl(text.substring("unix:".length())));
        }
        if (text.startsWith("/")) {
            return unix(text);
        }
        if (text.startsWith("tcp://") || text.startsWith("fcgi://")) {
            return url(text);
        }
        return hostAndPort(text);
    }

    /** Apache writes {@code unix:/path|fcgi://localhost/}: what follows the bar names no place. */
    private static String beforeApachesUrl(String text) {
        int bar = text.indexOf('|');
        if (bar >= 0 && !text.startsWith("fcgi://", bar + 1)) {
            throw new IllegalArgumentException("after '|' Apache's notation has fcgi://");
        }
        String path = bar < 0 ? text : text.substring(0, bar);
        return path.startsWith("//") ? path.substring(path.lastIndexOf("//") + 1) : path;
    }

    private static Address unix(String path) {
        try {
            return new Address.Unix(Path.of(path));
        } catch (InvalidPathException unusable) {
            throw new IllegalArgumentException("the socket's path cannot be used: " + unusable.getReason(), unusable);
        }
    }

    private static Address url(String text) {
        try {
            URI uri = new URI(text);
            boolean onlyPlace = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
            if (uri.getHost() == null || !onlyPlace) {
                throw new IllegalArgumentException("only a host and a port can stand here");
            }
            return new Address.Tcp(withoutBrackets(uri.getHost()), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
        } catch (URISyntaxException noUrl) {
            throw new IllegalArgumentException("not a URL: " + noUrl.getReason(), noUrl);
        }
    }

    private static Address hostAndPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return new Address.Tcp("127.0.0.1", port(text));
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || !bracketed && host.indexOf(':') >= 0 || host.chars().anyMatch(c -> c <= ' ' || "/|@?#\\".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("'" + host + "' is no host (an IPv6 address stands in brackets)");
        }
        return new Address.Tcp(withoutBrackets(host), port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("'" + text + "' is no port");
        }
        return Integer.parseInt(text);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
