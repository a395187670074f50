package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Trees;
import org.jettyphp.servlet.PhpFilter;
import org.jettyphp.servlet.PhpServlet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Java in front of PHP that knows a part of the Servlet API: wrappers that override one of two methods, a filter of ours without async. */
class JavaInFrontTest {

    private final Server server = new Server();
    private final ServletContextHandler context = new ServletContextHandler();
    private final ServerConnector connector = new ServerConnector(server);
    private Path root;
    private CapturedLog log;
    private FakeFpm fpm;

    /** Answers with the variables that are made of headers of its own. */
    @BeforeEach
    void createContext() throws Exception {
        root = Trees.create();
        log = new CapturedLog();
        Trees.write(root, "x.php", "");
        fpm = new FakeFpm((request, wire) -> {
            Map<String, String> seen = new TreeMap<>(request.params());
            seen.keySet().removeIf(name -> !name.startsWith("HTTP_X_"));
            wire.stdout(BehindFakeFpm.HEAD + seen + " bye").end(0);
        });
        context.setBaseResourceAsPath(root);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        fpm.close();
        log.close();
        Trees.delete(root);
    }

    private int start(boolean asyncFilter) throws Exception {
        ServletHolder php = new ServletHolder("php", PhpServlet.class);
        php.setAsyncSupported(true);
        php.setInitParameters(Map.of("target", fpm.target()));
        context.getServletHandler().addServlet(php);
        FilterHolder filter = new FilterHolder(PhpFilter.class);
        filter.setAsyncSupported(asyncFilter);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        server.start();
        return connector.getLocalPort();
    }

    @Test
    void ourOwnFilterWithoutAsyncIsNamed() throws Exception {
        int port = start(false);
        assertEquals(200, RawHttp.get(port, "/x.php").status());
        assertTrue(log.text().contains("does not support async") && log.text().contains(PhpFilter.class.getName()), log.text());
    }

    /** Says of one header what is so, and of another one that it is not there; others, and their second values, are the client's. */
    public static final class Speaking extends HttpFilter {
        private static final long serialVersionUID = 1;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(new HttpServletRequestWrapper(request) {
                @Override
                public String getHeader(String name) {
                    if (name.equalsIgnoreCase("X-User")) {
                        return "anna";
                    }
                    return name.equalsIgnoreCase("X-Role") ? null : super.getHeader(name);
                }
            }, response);
        }
    }

    @Test
    void whatAFilterSaysOfAHeaderCountsWhereItOverridesGetHeaderAlone() throws Exception {
        FilterHolder speaking = new FilterHolder(new Speaking());
        speaking.setAsyncSupported(true);
        context.addFilter(speaking, "/*", EnumSet.of(DispatcherType.REQUEST));
        String seen = RawHttp.get(start(true), "/x.php", "X-User: root", "X-Role: admin", "X-Two: a", "X-Two: b").body();
        assertTrue(seen.startsWith("{HTTP_X_TWO=a, b, HTTP_X_USER=anna} "), seen);
    }

    /** Collects what is included as a tutorial has it: by a writer, and without a stream. */
    public static final class Collecting extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
            StringWriter collected = new StringWriter();
            PrintWriter writer = new PrintWriter(collected);
            request.getRequestDispatcher("/x.php").include(request, new HttpServletResponseWrapper(response) {
                @Override
                public PrintWriter getWriter() {
                    return writer;
                }
            });
            writer.flush();
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().print("collected [" + collected + "]");
        }
    }

    @Test
    void whoCollectsWhatIsIncludedByAWriterAloneGetsIt() throws Exception {
        context.addServlet(Collecting.class, "/collect");
        assertEquals("collected [{} bye]", RawHttp.get(start(true), "/collect").body());
    }
}
