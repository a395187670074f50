package org.jettyphp.launch;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jettyphp.events.PhpListener;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.servlet.PhpApplication;
import org.jettyphp.servlet.SharedSpace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded Jetty: one connector for HTTP/1.1 and cleartext HTTP/2, and a context with the filter and the servlet, or one for each site. A
 * directory with a {@code WEB-INF/web.xml} is a whole web application, Java and PHP; any other one is just files.
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

    private static final Logger LOG = LoggerFactory.getLogger(PhpServer.class);

    /** After {@code stopTimeout}, for telling those who still wait; then Jetty closes their connections. */
    static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

    private final ServerSettings settings;
    private final Duration stopTimeout;
    private final Server server;
    private final WatchingConnector connector;
    private final Map<SiteKey, ServletContextHandler> contexts = new LinkedHashMap<>();
    private final SharedSpace space = new SharedSpace();
    private final Draining draining;
    private volatile boolean ended;

    /** Begins the description of a server for a directory. */
    public static PhpServerBuilder serving(Path directory) {
        return new PhpServerBuilder(directory);
    }

    /**
     * Not started yet.
     *
     * @param configuration files of settings, which nobody gets
     * @param withJava whether servlets may be added
     */
    PhpServer(Served served, List<Path> configuration, boolean withJava) throws IOException {
        this.settings = served.settings().get(ServerSettings.class);
        this.stopTimeout = served.settings().get(PoolSettings.class).stopTimeout();
        this.server = new Server(new QueuedThreadPool(settings.mostThreads()));
        this.connector = new Listening(served.settings()).connector(server, served.sites().stream().map(Site::settings).toList());
        server.addConnector(connector);
        server.setErrorHandler(new ShortErrors(served.settings().get(LimitSettings.class)));
        for (Site site : served.sites()) {
            contexts.put(site.key(), context(site, served.hasSeveral() ? site.toString() : "", configuration, withJava));
        }
        server.setStopTimeout(stopTimeout.plus(LAST_ANSWERS).toMillis());
        draining = new Draining(new RememberedFiles(compressed(served.hasSeveral() ? new Sites(contexts) : context()), System::nanoTime),
                connector::endIdleConnections);
        server.setHandler(settings.answersHealth() ? new Health(settings.healthPath(), draining) : draining);
        server.setRequestLog(AccessLog.of(served));
    }

    private ServletContextHandler context(Site site, String name, List<Path> configuration, boolean withJava) throws IOException {
        ServletContextHandler context = ApplicationContext.create(site.documentRoot().toRealPath(), site.key().contextPath(),
                site.application().sources(), withJava);
        ServletContext application = context.getServletContext();
        PhpApplication.name(application, name);
        PhpApplication.share(application, space);
        PhpApplication.hideConfiguration(application, configuration);
        return context;
    }

    private Handler compressed(Handler application) {
        return settings.compression().isEmpty()
                ? application
                : new CompressedAnswers(application, new Codings(settings.compression(), server.getByteBufferPool()));
    }

    /**
     * Where servlets, filters and security constraints of Java are added; before the start. Of several sites, of what those requests get that are
     * for no other one.
     */
    public ServletContextHandler context() {
        return contexts.values().iterator().next();
    }

    /**
     * The same of a site.
     *
     * @param site as in {@code site.KEY}: {@code blog.example/shop}
     * @throws IllegalArgumentException if there is none
     */
    public ServletContextHandler context(String site) {
        ServletContextHandler context = contexts.get(SiteKey.of(site));
        if (context == null) {
            throw new IllegalArgumentException("there is no site " + site + "; there are " + contexts.keySet());
        }
        return context;
    }

    private Collection<ServletContext> applications() {
        return contexts.values().stream().<ServletContext>map(ServletContextHandler::getServletContext).toList();
    }

    /** Adds one who hears what happens on the way to PHP, in all sites. */
    void add(PhpListener listener) {
        applications().forEach(application -> PhpApplication.addListener(application, listener));
    }

    /**
     * Starts, once: when it stops its contexts, Jetty forgets what they were given.
     *
     * @throws IllegalStateException if it has been stopped
     * @throws Exception what one of the parts threw; everything is stopped then
     */
    public void start() throws Exception {
        if (ended) {
            throw new IllegalStateException("this server has been stopped: build another one");
        }
        try {
            server.start();
        } catch (Exception failed) {
            server.stop();
            throw failed;
        }
    }

    /** Takes on what can be changed of a site while it runs; see {@link PhpApplication#reload}. */
    void reload(Site changed) {
        ServletContextHandler context = contexts.get(changed.key());
        if (context != null) {
            PhpApplication.reload(context.getServletContext(), changed.settings());
        }
    }

    /** The port in use, once started. */
    public int port() {
        return connector.getLocalPort();
    }

    /** As a browser would write it. */
    public String url() {
        return url(contexts.keySet().iterator().next());
    }

    String url(SiteKey site) {
        String listening = settings.host().equals("127.0.0.1") ? "localhost" : settings.host();
        return "http://" + (site.host().isEmpty() ? listening : site.host()) + ":" + port() + site.contextPath();
    }

    /** Waits until it is stopped. */
    public void join() throws InterruptedException {
        server.join();
    }

    private void endRequests() {
        applications().forEach(PhpApplication::endRequests);
    }

    /**
     * Stops: says so to whoever asks {@code healthPath}, takes no more connections after {@code stopDelay}, and lets what is under way be
     * answered if that takes no longer than {@code stopTimeout} from then; the rest gets 503.
     *
     * @throws InterruptedException if interrupted during {@code stopDelay}; nothing has been stopped then
     */
    @Override
    public void close() throws Exception {
        if (server.isStarted()) {
            draining.announce();
            Thread.sleep(settings.stopDelay().toMillis());
            ended = true;
            server.getScheduler().schedule(this::endRequests, stopTimeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        applications().forEach(application -> PhpApplication.stopWithin(application, stopTimeout));
        try {
            server.stop();
        } catch (TimeoutException someAreLeft) {
            LOG.info("Requests that were still under way after {} ms (stopTimeout) have been ended", stopTimeout.toMillis());
        }
    }
}
