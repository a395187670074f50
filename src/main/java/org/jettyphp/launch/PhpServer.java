package org.jettyphp.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.Settings;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.servlet.ClientSettings;
import org.jettyphp.servlet.PhpApplication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded Jetty: one connector for HTTP/1.1 and cleartext HTTP/2, one context with the filter and the servlet. A directory with a
 * {@code WEB-INF/web.xml} is a whole web application, Java and PHP; any other one is just files.
 *
 * <pre>{@code
 * try (PhpServer server = PhpServer.serving(Path.of("/srv/app")).target("/run/php/php8.2-fpm.sock").port(8080).build()) {
 *     server.start();
 *     server.join();
 * }
 * }</pre>
 */
public final class PhpServer implements AutoCloseable {

    static {
        // Without this switch of Jetty's, which is read when its HTTP classes are loaded, "text/html; charset=UTF-8" becomes "text/html;charset=utf-8".
        if (System.getProperty("org.eclipse.jetty.http.HttpGenerator.STRICT") == null) {
            System.setProperty("org.eclipse.jetty.http.HttpGenerator.STRICT", "true");
        }
    }

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

    private static final long LAST_MOMENT_MILLIS = 200;
    private static final Logger LOG = LoggerFactory.getLogger(PhpServer.class);

    private final ServerSettings settings;
    private final Duration stopTimeout;
    private final Server server;
    private final ServerConnector connector;
    private final ServletContextHandler context;
    private final Draining draining;

    /** Begins the description of a server for a directory. */
    public static PhpServerBuilder serving(Path directory) {
        return new PhpServerBuilder(directory);
    }

    PhpServer(Settings given, Path directory, List<SettingSource> sources) throws IOException {
        this.settings = given.get(ServerSettings.class);
        this.stopTimeout = given.get(PoolSettings.class).stopTimeout();
        this.server = new Server(new QueuedThreadPool(settings.mostThreads()));
        this.connector = connector(given);
        server.addConnector(connector);
        server.setErrorHandler(new ShortErrors());
        context = ApplicationContext.create(directory, settings.contextPath(), sources);
        server.setStopTimeout(stopTimeout.toMillis());
        draining = new Draining(compressed(context), this::endIdleConnections);
        server.setHandler(settings.answersHealth() ? new Health(settings.healthPath(), draining) : draining);
        if (settings.logsAccess()) {
            server.setRequestLog(AccessLog.to(settings.accessLog()));
        }
    }

    private Handler compressed(Handler application) {
        return settings.compression().isEmpty()
                ? application
                : new CompressedAnswers(application, new Codings(settings.compression(), server.getByteBufferPool()));
    }

    private ServerConnector connector(Settings given) {
        LimitSettings limits = given.get(LimitSettings.class);
        long longestSilenceMillis = given.get(ClientSettings.class).longestSilenceMillis();
        long maxResponseHeader = PhpApplication.maxResponseHeader(given);
        HttpConfiguration http = new HttpConfiguration();
        http.setIdleTimeout(longestSilenceMillis == 0 ? 0 : longestSilenceMillis + BEYOND_OUR_LIMITS_MILLIS);
        http.addCustomizer(WatchedEndPoint::introduce);
        http.addCustomizer(new RequestLimits(limits));
        http.addCustomizer(new UnreadableCodings());
        TrustedProxies proxies = new TrustedProxies(settings.trustedProxies());
        if (!settings.trustedProxies().isEmpty()) {
            http.addCustomizer(proxies);
        }
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(limits.largestHead());
        // Its table takes 100 KiB of each connection (Jetty 12.1.10, ArrayTrie), a gigabyte of ten thousand, to spare the decoding of a few header fields.
        http.setHeaderCacheSize(0);
        http.setResponseHeaderSize(USUAL_RESPONSE_HEAD);
        http.setMaxResponseHeaderSize(
                (int) Math.min(Integer.MAX_VALUE, Math.max(USUAL_RESPONSE_HEAD, maxResponseHeader + OWN_RESPONSE_HEADERS)));
        // nginx and Apache serve such URLs; our own mapping decodes once from the raw URI and refuses what is ambiguous for the file system.
        http.setUriCompliance(UriCompliance.from(EnumSet.of(
                UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT, UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR, UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING, UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS,
                // Browsers send | and [ as they are.
                UriCompliance.Violation.ILLEGAL_PATH_CHARACTERS)));
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        http1.setInputBufferSize(INPUT_BUFFER);
        ServerConnector created = new WatchingConnector(server, limits.headTimeout(), http1, new PriorKnowledgeHttp2(http, limits));
        if (settings.proxyProtocol()) {
            TrustedProxyProtocol first = new TrustedProxyProtocol(proxies);
            created.addFirstConnectionFactory(first);
            created.setDefaultProtocol(first.getProtocol());
        }
        created.setHost(settings.bindHost());
        created.setPort(settings.port());
        created.setAcceptQueueSize(4096);
        // Jetty would give idle connections their time again that Draining has just taken from them, whichever of the two it stops last.
        created.setShutdownIdleTimeout(-1);
        return created;
    }

    /** Whoever still has a connection open has nothing under way; the moment is for the last bytes of an answer. */
    private void endIdleConnections() {
        connector.getConnectedEndPoints().forEach(endPoint -> endPoint.setIdleTimeout(LAST_MOMENT_MILLIS));
    }

    /** Where servlets, filters and security constraints of Java are added; before the start. */
    public ServletContextHandler context() {
        return context;
    }

    /**
     * Starts.
     *
     * @throws Exception what one of the parts threw; everything is stopped then
     */
    public void start() throws Exception {
        try {
            server.start();
        } catch (Exception failed) {
            server.stop();
            throw failed;
        }
    }

    /** Takes on what can be changed while it runs; see {@link PhpApplication#reload}. */
    void reload(Settings changed) {
        PhpApplication.reload(context.getServletContext(), changed);
    }

    /** The port in use, once started. */
    public int port() {
        return connector.getLocalPort();
    }

    /** As a browser would write it. */
    public String url() {
        String host = settings.host().equals("127.0.0.1") ? "localhost" : settings.host();
        return "http://" + host + ":" + port() + settings.contextPath();
    }

    /** Waits until it is stopped. */
    public void join() throws InterruptedException {
        server.join();
    }

    /**
     * Stops: says so to whoever asks {@code healthPath}, takes no more connections after {@code stopDelay}, and lets what is under way be
     * answered if that takes no longer than {@code stopTimeout} from then.
     *
     * @throws InterruptedException if interrupted during {@code stopDelay}; nothing has been stopped then
     */
    @Override
    public void close() throws Exception {
        if (server.isStarted()) {
            draining.announce();
            Thread.sleep(settings.stopDelay().toMillis());
        }
        PhpApplication.stopWithin(context.getServletContext(), stopTimeout);
        try {
            server.stop();
        } catch (TimeoutException someAreLeft) {
            LOG.info("Requests that were still under way after {} ms (stopTimeout) have been ended", stopTimeout.toMillis());
        }
    }
}
