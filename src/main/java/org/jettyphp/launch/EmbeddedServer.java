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

/** The embedded Jetty: one connector for HTTP/1.1 and cleartext HTTP/2, one context with the filter and the servlet. */
final class EmbeddedServer {

    /** In Jetty's {@code encoding.properties}. */
    private static final List<String> INFERRED_BY_JETTY = List.of("text/html", "text/plain", "text/xml", "application/xhtml+xml");

    private final ServerSettings settings;
    private final Path directory;
    private final List<SettingSource> sources;
    private final Server server = new Server();
    private final ServerConnector connector;

    EmbeddedServer(ServerSettings settings, Path directory, List<SettingSource> sources) throws IOException {
        this.settings = settings;
        this.directory = directory;
        this.sources = sources;
        this.connector = connector();
        server.addConnector(connector);
        ServletContextHandler context = context();
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

    private ServletContextHandler context() {
        boolean webApplication = Files.isRegularFile(directory.resolve("WEB-INF/web.xml"));
        ServletContextHandler context = webApplication ? webApplication() : plainDirectory();
        context.setContextPath(settings.contextPath());
        context.setBaseResourceAsPath(directory);
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        sendTypesAsPhpWroteThem(context);
        PhpApplication.configure(context.getServletContext(), sources, List.of(ServerSettings.class));
        FilterHolder filter = new FilterHolder(org.jettyphp.servlet.PhpFilter.class);
        filter.setName(PhpApplication.FILTER_NAME);
        filter.setAsyncSupported(true);
        ServletHolder servlet = new ServletHolder(PhpApplication.SERVLET_NAME, org.jettyphp.servlet.PhpServlet.class);
        servlet.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        context.getServletHandler().addServlet(servlet);
        return context;
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
     * Jetty completes text types set through the Servlet API with a charset it infers; PHP has said what it means. See also
     * {@link Main#SEND_TYPES_AS_SET}.
     */
    private static void sendTypesAsPhpWroteThem(ServletContextHandler context) {
        MimeTypes.Mutable types = context.getMimeTypes();
        for (String inferred : INFERRED_BY_JETTY) {
            types.addInferred(inferred, null);
        }
        types.addAssumed("text/*", "");
    }

    /** Starts, or throws what one of its parts threw. */
    void start() throws Exception {
        try {
            server.start();
        } catch (Exception failed) {
            server.stop();
            throw failed;
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    String url() {
        String host = settings.host().equals("127.0.0.1") ? "localhost" : settings.host();
        return "http://" + host + ":" + port() + settings.contextPath();
    }

    void join() throws InterruptedException {
        server.join();
    }

    void stop() throws Exception {
        server.stop();
    }
}
