package org.jettyphp.launch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.SettingsReader;
import org.jettyphp.servlet.PhpApplication;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** The embedded server itself. */
public record ServerSettings(
        @Setting(text = "site.KEY=VALUE is an application of its own for a host (site.blog.example), the names below one (site.*.example), a path (site./shop) or "
                + "both (site.blog.example/shop), in all of which the longest path counts first, then the host. VALUE is its directory, or a file of settings with a "
                + "documentRoot. What all other requests get is DIR; without it a host that no site has gets 421")
        Map<String, String> site,
        @Setting(text = "What the application is known to need: auto looks whose directory it is (and its public, web, docroot), or one of: wordpress, nextcloud, mediawiki, "
                + "dokuwiki, joomla, drupal, phpmyadmin, laravel, symfony, plain, or none. Whatever else is set is stronger, except that deny, allow, noExec and rewrite add to it. "
                + "Default: auto in the main class, else none")
        @Nullable String preset,
        @Setting(byDefault = "127.0.0.1", text = "Address to listen on; 0.0.0.0 or [::] for all of the machine's")
        String host,
        @Setting(byDefault = "8080", text = "Port to listen on, for HTTP/1.1 and cleartext HTTP/2; 0 picks a free one")
        int port,
        @Setting(byDefault = "/", text = "Path under which the application appears")
        String contextPath,
        @Setting(byDefault = "-", text = "File the access log is appended to; - for standard output, off for none. Combined format and: milliseconds in the queue, in PHP-FPM and in all, request id")
        String accessLog,
        @Setting(byDefault = "/-/health", text = "Path that answers 200 while the server is up, without asking PHP; off for none")
        String healthPath,
        @Setting(byDefault = "0", text = "How long a server that is being stopped still takes new connections, while healthPath answers 503 already: long enough for a "
                + "balancer to see that. stopTimeout begins after it")
        Duration stopDelay,
        @Setting(text = "Addresses and networks of reverse proxies, such as 10.0.0.1 or 10.0.0.0/8, whose Forwarded or X-Forwarded-For, -Proto, -Host, -Port "
                + "are believed: REMOTE_ADDR, HTTPS, SERVER_NAME and SERVER_PORT follow. Default: nobody")
        List<String> trustedProxies,
        @Setting(byDefault = "off", text = "Whether connections from trustedProxies may begin with a header of the PROXY protocol, version 1 or 2: REMOTE_ADDR, REMOTE_PORT and "
                + "SERVER_ADDR follow, and HTTPS where version 2 tells of TLS (send-proxy-v2-ssl in HAProxy). From others it is a bad request")
        boolean proxyProtocol,
        @Setting(byDefault = "gzip", text = "In which codings answers are compressed for clients who take them, the best first: br, zstd, gzip; nothing for none. Text, "
                + "JSON and the like of 256 bytes and more, from PHP and of files without a compressed sibling; not event streams, ranges, what PHP has encoded, "
                + "Cache-Control: no-transform")
        List<String> compression,
        @Setting(text = "Most threads of the server itself, at least 8; PHP has its own. Raise it where Java servlets, includes or error pages wait. "
                + "Default: four for each core, at least 24")
        @Nullable Integer threads) {

    private static final int FEWEST_THREADS = 8;
    private static final int USUAL_THREADS = 24;
    private static final int THREADS_A_CORE = 4;

    private static final String OFF = "off";

    public ServerSettings {
        if (preset != null) {
            Presets.check(preset);
        }
        site.keySet().forEach(SiteKey::of);
        trustedProxies = List.copyOf(trustedProxies);
        new TrustedProxies(trustedProxies);
        if (proxyProtocol && trustedProxies.isEmpty()) {
            throw new IllegalArgumentException("proxyProtocol is on and trustedProxies empty: nobody would be believed; name the proxies");
        }
        compression = List.copyOf(compression);
        for (String coding : compression) {
            if (!CODINGS.contains(coding)) {
                throw new IllegalArgumentException("compression has '" + coding + "'; there are " + String.join(", ", CODINGS));
            }
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port is " + port + "; it lies between 0 and 65535");
        }
        if (!contextPath.startsWith("/") || contextPath.length() > 1 && contextPath.endsWith("/")) {
            throw new IllegalArgumentException("contextPath is '" + contextPath + "'; it starts with / and does not end with one");
        }
        if (threads != null && threads < FEWEST_THREADS) {
            throw new IllegalArgumentException("threads is " + threads + "; it is " + FEWEST_THREADS + " or more");
        }
        if (stopDelay.isNegative()) {
            throw new IllegalArgumentException("stopDelay is negative");
        }
        if (!healthPath.equals(OFF) && !healthPath.startsWith("/")) {
            throw new IllegalArgumentException("healthPath is '" + healthPath + "'; it starts with /, or is 'off'");
        }
    }

    /** Not in {@link Codings}, whose classes a Jetty with our module does not have. */
    private static final List<String> CODINGS = List.of("br", "zstd", "gzip");

    /** The records of the server alone. */
    static final List<Class<? extends Record>> OF_THE_SERVER = List.of(ServerSettings.class, LimitSettings.class);

    /** Where a directory is served, and not a web application that says what it is: weaker than everything that is written. */
    static final SettingSource OF_A_DIRECTORY = new SettingSource(SettingSource.Kind.DEFAULT, "a directory", Map.of("htaccess", "true"));

    /** Reads those of the server and of the application it serves. */
    static SettingsReader reader() {
        return Reader.OF_ALL;
    }

    /** One for all: to make it takes a new JVM some 20 ms. */
    private static final class Reader {

        private static final SettingsReader OF_ALL =
                new SettingsReader(Stream.concat(OF_THE_SERVER.stream(), PhpApplication.SETTINGS.stream()).toList());
    }

    /**
     * Of Jetty's own 200 most would idle: its pool starts a thread for each job that finds all others busy, and 2,000 slow clients have
     * hundreds of connections ready at once, each with a few microseconds of work. What waits for PHP or for a client waits without one.
     */
    int mostThreads() {
        return threads != null ? threads : Math.max(USUAL_THREADS, THREADS_A_CORE * Runtime.getRuntime().availableProcessors());
    }

    boolean logsAccess() {
        return !accessLog.equals(OFF);
    }

    boolean answersHealth() {
        return !healthPath.equals(OFF);
    }

    /** Jetty wants an IPv6 address without its brackets. */
    String bindHost() {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
