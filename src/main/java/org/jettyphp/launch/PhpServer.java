package org.jettyphp.launch;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.DefaultServlet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jettyphp.config.SettingSource;
import org.jettyphp.servlet.PhpApplication;
import org.jettyphp.servlet.PhpFilter;
import org.jettyphp.servlet.PhpServlet;

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

    /** In Jetty's {@code encoding.properties}. */
    private static final List<String> INFERRED_BY_JETTY = List.of("text/html", "text/plain", "text/xml", "application/xhtml+xml");

    static {
        // Without this switch of Jetty's, which is read when its HTTP classes are loaded, "text/html; charset=UTF-8" becomes "text/html;charset=utf-8".
        if (System.getProperty("org.eclipse.jetty.http.HttpGenerator.STRICT") == null) {
            System.setProperty("org.eclipse.jetty.http.HttpGenerator.STRICT", "true");
        }
    }

    private final ServerSettings settings;
    private final Path directory;
    private final List<SettingSource> sources;
    private final Server server = new Server();
    private final ServerConnector connector;
    private final ServletContextHandler context;

    /** Begins the description of a server for a directory. */
    public static PhpServerBuilder serving(Path directory) {
        return new PhpServerBuilder(directory);
    }

    PhpServer(ServerSettings settings, Path directory, List<SettingSource> sources) throws IOException {
        this.settings = settings;
        this.directory = directory;
        this.sources = sources;
        this.connector = connector();
        server.addConnector(connector);
        context = createContext();
        server.setHandler(settings.answersHealth() ? new Health(settings.healthPath(), context) : context);
        if (settings.logsAccess()) {
            server.setRequestLog(AccessLog.to(settings.accessLog()));
        }
    }

    private ServerConnector connector() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // nginx and Apache serve such URLs; our own mapping decodes once from the raw URI and refuses what is ambiguous for the file system.
        http.setUriCompliance(UriCompliance.from(EnumSet.of(
                UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT, UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR, UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING, UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS)));
        ServerConnector created = new ServerConnector(server, new HttpConnectionFactory(http), new PriorKnowledgeHttp2(http));
        created.setHost(settings.bindHost());
        created.setPort(settings.port());
        created.setAcceptQueueSize(4096);
        return created;
    }

    private ServletContextHandler createContext() {
        boolean webApplication = Files.isRegularFile(directory.resolve("WEB-INF/web.xml"));
        ServletContextHandler created = webApplication ? webApplication() : plainDirectory();
        created.setContextPath(settings.contextPath());
        created.setBaseResourceAsPath(directory);
        created.getServletHandler().setDecodeAmbiguousURIs(true);
        sendTypesAsPhpWroteThem(created);
        PhpApplication.configure(created.getServletContext(), sources, List.of(ServerSettings.class));
        FilterHolder filter = new FilterHolder(PhpFilter.class);
        filter.setName(PhpApplication.FILTER_NAME);
        filter.setAsyncSupported(true);
        ServletHolder servlet = new ServletHolder(PhpApplication.SERVLET_NAME, PhpServlet.class);
        servlet.setAsyncSupported(true);
        created.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        created.getServletHandler().addServlet(servlet);
        return created;
    }

    private static ServletContextHandler webApplication() {
        WebAppContext context = new WebAppContext();
        context.setParentLoaderPriority(false);
        context.setThrowUnavailableOnStartupException(true);
        return context;
    }

    private static ServletContextHandler plainDirectory() {
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        ServletHolder files = new ServletHolder("default", DefaultServlet.class);
        files.setInitParameter("dirAllowed", "false");
        files.setAsyncSupported(true);
        context.addServlet(files, "/");
        return context;
    }

    /**
     * Jetty completes text types set through the Servlet API with a charset it infers; PHP has said what it means. Types are not declared
     * "without charset" either: {@code ServletOutputStream.print} of a Java servlet would then fail for want of one.
     */
    private static void sendTypesAsPhpWroteThem(ServletContextHandler context) {
        MimeTypes.Mutable types = context.getMimeTypes();
        for (String inferred : INFERRED_BY_JETTY) {
            types.addInferred(inferred, null);
        }
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

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
