package org.jettyphp.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jettyphp.buffer.SpoolSettings;
import org.jettyphp.buffer.SpoolSpace;
import org.jettyphp.cgi.CgiSettings;
import org.jettyphp.cgi.Variables;
import org.jettyphp.config.Settings;
import org.jettyphp.config.SettingsException;
import org.jettyphp.fpm.FpmSettings;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.script.FileSettings;
import org.jettyphp.script.ScriptResolver;
import org.jettyphp.script.ScriptSettings;
import org.jettyphp.script.SendableFiles;
import org.jettyphp.transport.Deadline;
import org.jettyphp.upstream.UpstreamSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the filter and the servlet of one web application share: settings, the resolver, the upstream, a private php-fpm. Made by whichever
 * of them is initialised first, closed when the last one is destroyed.
 */
final class PhpContext {

    /** The records of which a web application's settings consist. */
    static final List<Class<? extends Record>> RECORDS = List.of(UpstreamSettings.class, ScriptSettings.class, FileSettings.class,
            PoolSettings.class, SpoolSettings.class, ClientSettings.class, ErrorSettings.class, CgiSettings.class, FpmSettings.class);

    private static final Logger LOG = LoggerFactory.getLogger(PhpContext.class);
    private static final String LOCK = PhpContext.class.getName() + ".lock";

    private final ServletContext servletContext;
    private final String site;
    private final Settings settings;
    private final String servletName;
    private final ScriptResolver resolver;
    private final Sendfile sendfile;
    private final ErrorPages errorPages;
    private volatile Variables variables;
    private final Complaints complaints;
    private final OverloadLog overload = new OverloadLog(System::nanoTime);
    private final Upstreams upstreams;
    private final SharedSpace shared;
    private final SpoolSpace space;
    private final Watch watch = new Watch();
    private final AtomicBoolean warnedOfBlocking = new AtomicBoolean();
    private final AtomicBoolean warnedOfStream = new AtomicBoolean();
    private final AtomicBoolean warnedOfConsumedForm = new AtomicBoolean();
    private final WayBack wayBack;
    private volatile @Nullable PhpServlet servlet;
    private int users;

    private PhpContext(ServletContext servletContext) throws ServletException {
        this.servletContext = servletContext;
        this.site = PhpApplication.name(servletContext);
        this.shared = PhpApplication.space(servletContext);
        ContextSettings from = new ContextSettings(servletContext);
        this.servletName = from.servletName();
        this.wayBack = new WayBack(servletContext, servletName);
        boolean entered = false;
        try {
            settings = from.read();
            ScriptSettings scripts = from.withDocumentRoot(settings.get(ScriptSettings.class));
            FileSettings files = settings.get(FileSettings.class);
            resolver = new ScriptResolver(scripts, files, PhpApplication.configurationFiles(servletContext));
            sendfile = new Sendfile(new SendableFiles(files, scripts, PhpApplication.configurationFiles(servletContext)));
            errorPages = new ErrorPages(settings.get(ErrorSettings.class), resolver, servletName);
            variables = new Variables(settings.get(CgiSettings.class), ServerSoftware.of(servletContext));
            space = shared.enter(settings.get(SpoolSettings.class));
            entered = true;
            upstreams = from.isPrivate(settings) ? Upstreams.started(settings, scripts, resolver, servletContext)
                    : Upstreams.at(from.target(settings), settings, servletContext);
            complaints = new Complaints(scripts);
        } catch (SettingsException | IllegalArgumentException | IOException refused) {
            if (entered) {
                shared.leave();
            }
            throw new ServletException(ofSite() + "jetty-php-fpm cannot start: " + refused.getMessage(), refused);
        }
        upstreams.announce(settings, ofSite());
    }

    /**
     * Takes on what can be changed while requests are under way, and lets a private php-fpm begin anew: its workers keep ini values that they
     * were sent.
     *
     * @throws IllegalArgumentException if a name or value cannot be used; nothing has changed then
     */
    void reload(Settings changed) {
        CgiSettings cgi = changed.get(CgiSettings.class);
        Variables changedVariables = new Variables(cgi, ServerSoftware.of(servletContext));
        upstreams.takeOn(changed);
        variables = changedVariables;
        upstreams.reload(cgi);
    }

    /** How a line of the log begins. */
    private String ofSite() {
        return site.isEmpty() ? "" : site + ": ";
    }

    /** The context's one object; every call is answered by one of {@link #leave()}. */
    static PhpContext join(ServletContext servletContext) throws ServletException {
        synchronized (lock(servletContext)) {
            Object made = servletContext.getAttribute(PhpContext.class.getName());
            if (made instanceof ServletException failure) {
                throw failure;
            }
            PhpContext context = made instanceof PhpContext known ? known : create(servletContext);
            context.users++;
            return context;
        }
    }

    /** Of a context, so that several start beside each other. */
    private static Object lock(ServletContext servletContext) {
        synchronized (PhpContext.class) {
            Object known = servletContext.getAttribute(LOCK);
            Object lock = known != null ? known : new Object();
            servletContext.setAttribute(LOCK, lock);
            return lock;
        }
    }

    /** The context's one object, if it has one. */
    static @Nullable PhpContext of(ServletContext servletContext) {
        return servletContext.getAttribute(PhpContext.class.getName()) instanceof PhpContext context ? context : null;
    }

    /** What fails fails for the filter and the servlet alike: a php-fpm that does not answer is not waited for twice. */
    private static PhpContext create(ServletContext servletContext) throws ServletException {
        try {
            PhpContext context = new PhpContext(servletContext);
            servletContext.setAttribute(PhpContext.class.getName(), context);
            return context;
        } catch (ServletException failure) {
            servletContext.setAttribute(PhpContext.class.getName(), failure);
            throw failure;
        }
    }

    /** Which one of several applications it is; empty for the only one. */
    String site() {
        return site;
    }

    Settings settings() {
        return settings;
    }

    void leave() {
        wayBack.close();
        synchronized (lock(servletContext)) {
            if (--users > 0) {
                return;
            }
            servletContext.removeAttribute(PhpContext.class.getName());
        }
        Deadline stopBy = PhpApplication.stopBy(servletContext, poolSettings().stopTimeout());
        upstreams.close(stopBy, watch::close);
        shared.leave();
    }

    static PhpContext required(@Nullable PhpContext joined) {
        if (joined == null) {
            throw new IllegalStateException("not initialised");
        }
        return joined;
    }

    /** Once it is initialised; null before. */
    @Nullable
    PhpServlet servlet() {
        return servlet;
    }

    void joined(PhpServlet initialised) {
        servlet = initialised;
    }

    String servletName() {
        return servletName;
    }

    ScriptSettings scripts() {
        return complaints.scripts();
    }

    ScriptResolver resolver() {
        return resolver;
    }

    Sendfile sendfile() {
        return sendfile;
    }

    ErrorPages errorPages() {
        return errorPages;
    }

    Variables variables() {
        return variables;
    }

    Complaints complaints() {
        return complaints;
    }

    OverloadLog overload() {
        return overload;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    PoolSettings poolSettings() {
        return upstreams.main().pool();
    }

    SpoolSettings spool() {
        return settings.get(SpoolSettings.class);
    }

    ClientSettings clients() {
        return settings.get(ClientSettings.class);
    }

    SpoolSpace space() {
        return space;
    }

    Watch watch() {
        return watch;
    }

    /** How long PHP may be silent for a URL, by its path below the context. */
    Duration responseTimeout(String rawPath) {
        return upstreams.main().settings().responseTimeout(rawPath);
    }

    long maxResponseHead() {
        return settings.get(CgiSettings.class).maxResponseHeader();
    }

    WayBack wayBack() {
        return wayBack;
    }

    /** On the thread of a request that it is about. */
    void warnOfBlocking() {
        if (!warnedOfBlocking.getAndSet(true)) {
            LOG.warn(
                    "{}A filter or servlet in front of PHP does not support async, so each request that waits for PHP now holds a thread of the "
                            + "server; add <async-supported>true</async-supported> to it. In front of PHP in this request, outermost first: {}; "
                            + "and then, as they are declared here, {}",
                    ofSite(), ChainInFront.parts(), ChainInFront.ours());
        }
    }

    /** The same. */
    void warnOfStream(String stream) {
        if (!warnedOfStream.getAndSet(true)) {
            LOG.warn(
                    "{}A filter in front of PHP has put {} in the place of a stream of the container, which needs a thread that waits, so each "
                            + "request through it holds a thread of the server until it is answered. In front of PHP in this request, outermost first: {}",
                    ofSite(), stream, ChainInFront.parts());
        }
    }

    void warnOfConsumedForm() {
        if (!warnedOfConsumedForm.getAndSet(true)) {
            LOG.warn(
                    "{}A filter in front of PHP called getParameter() and so consumed a form; its body was put together again from the parameters, "
                            + "which does not keep their order nor their spelling. Let the filter read parameters from the query string only",
                    ofSite());
        }
    }
}
