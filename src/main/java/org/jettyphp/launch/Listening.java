package org.jettyphp.launch;

import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.jettyphp.config.Settings;
import org.jettyphp.servlet.ClientSettings;
import org.jettyphp.servlet.PhpApplication;

/** Where a server listens, and how it speaks HTTP/1.1 and cleartext HTTP/2 there. */
final class Listening {

    /** Jetty's own is 8 KiB, eight system calls for what one brings of an upload; it is held only while something is being read. */
    private static final int INPUT_BUFFER = 64 * 1024;

    /** What the server and Java filters add to the head of PHP's answer. */
    private static final int OWN_RESPONSE_HEADERS = 4 * 1024;

    /**
     * Far above what applications send: a head that does not fit is made once more, and Jetty 12.1.10 then forgets that the client has asked
     * for the connection to be closed.
     */
    private static final int USUAL_RESPONSE_HEAD = 32 * 1024;

    /** Beyond the limits on clients, so that it is ours that act and that say so in the log. */
    private static final long BEYOND_OUR_LIMITS_MILLIS = 5_000;

    private static final int ACCEPT_QUEUE = 4096;

    private final ServerSettings settings;
    private final LimitSettings limits;
    private final TrustedProxies proxies;

    Listening(Settings server) {
        settings = server.get(ServerSettings.class);
        limits = server.get(LimitSettings.class);
        proxies = new TrustedProxies(settings.trustedProxies());
    }

    /** {@code applications}: the settings of each, of which none must be stricter here than it says. */
    WatchingConnector connector(Server server, List<Settings> applications) {
        HttpConfiguration http = http(applications);
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        http1.setInputBufferSize(INPUT_BUFFER);
        WatchingConnector created = new WatchingConnector(server, limits.headTimeout(), http1, new PriorKnowledgeHttp2(http, limits));
        if (settings.proxyProtocol()) {
            TrustedProxyProtocol first = new TrustedProxyProtocol(proxies);
            created.addFirstConnectionFactory(first);
            created.setDefaultProtocol(first.getProtocol());
        }
        created.setHost(settings.bindHost());
        created.setPort(settings.port());
        created.setAcceptQueueSize(ACCEPT_QUEUE);
        // Jetty would give idle connections their time again that Draining has just taken from them, whichever of the two it stops last.
        created.setShutdownIdleTimeout(-1);
        return created;
    }

    private HttpConfiguration http(List<Settings> applications) {
        HttpConfiguration http = new HttpConfiguration();
        http.setIdleTimeout(longestSilenceMillis(applications));
        http.addCustomizer(WatchedEndPoint::introduce);
        http.addCustomizer(new RequestLimits(limits));
        http.addCustomizer(new UnreadableCodings());
        if (!settings.trustedProxies().isEmpty()) {
            http.addCustomizer(proxies);
        }
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(limits.largestHead());
        // Its table takes 100 KiB of each connection (Jetty 12.1.10, ArrayTrie), a gigabyte of ten thousand, to spare the decoding of a few header fields.
        http.setHeaderCacheSize(0);
        http.setResponseHeaderSize(USUAL_RESPONSE_HEAD);
        long largestHead = applications.stream().mapToLong(PhpApplication::maxResponseHeader).max().orElse(0) + OWN_RESPONSE_HEADERS;
        http.setMaxResponseHeaderSize((int) Math.min(Integer.MAX_VALUE, Math.max(USUAL_RESPONSE_HEAD, largestHead)));
        // nginx and Apache serve such URLs; our own mapping decodes once from the raw URI and refuses what is ambiguous for the file system.
        http.setUriCompliance(UriCompliance.from(EnumSet.of(
                UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT, UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR, UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING, UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS,
                // Browsers send | and [ as they are.
                UriCompliance.Violation.ILLEGAL_PATH_CHARACTERS)));
        return http;
    }

    private static long longestSilenceMillis(List<Settings> applications) {
        List<Long> each = applications.stream().map(settings -> settings.get(ClientSettings.class).longestSilenceMillis()).toList();
        return each.contains(0L) ? 0 : each.stream().mapToLong(Long::longValue).max().orElse(0) + BEYOND_OUR_LIMITS_MILLIS;
    }
}
