package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.ee11.servlet.DefaultServlet;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.jettyphp.peers.Wire;
import org.jettyphp.servlet.PhpFilter;
import org.jettyphp.servlet.PhpServlet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Filter and servlet put into a context in other ways than we would: the servlet alone, filters without async, error pages, includes. */
class OwnContextTest {

    private static final String HEAD = BehindFakeFpm.HEAD;

    private final Server server = new Server();
    private final ServletContextHandler context = new ServletContextHandler();
    private Path root;
    private CapturedLog log;
    private FakeFpm fpm;
    private ServerConnector connector;

    @BeforeEach
    void createContext() throws Exception {
        root = Trees.create();
        log = new CapturedLog();
        Trees.write(root, "app/x.php", "");
        Trees.write(root, "app/plain.txt", "plain");
        Trees.write(root, "outside.php", "");
        Files.createSymbolicLink(root.resolve("app/out.php"), root.resolve("outside.php"));
        context.setBaseResourceAsPath(root.resolve("app"));
        connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        if (fpm != null) {
            fpm.close();
        }
        log.close();
        Trees.delete(root);
    }

    private ServletHolder php(Map<String, String> initParams) {
        ServletHolder php = new ServletHolder("php", PhpServlet.class);
        php.setAsyncSupported(true);
        php.setInitParameters(initParams);
        php.setInitOrder(1);
        return php;
    }

    private void addFilterAndServlet(Map<String, String> initParams) {
        context.getServletHandler().addServlet(php(initParams));
        FilterHolder filter = new FilterHolder(PhpFilter.class);
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(DefaultServlet.class, "/");
    }

    private void addFilterWithoutAsync() {
        FilterHolder old = new FilterHolder(new OldFilter());
        old.setAsyncSupported(false);
        context.addFilter(old, "/*", EnumSet.allOf(DispatcherType.class));
    }

    private int start() throws Exception {
        server.start();
        return connector.getLocalPort();
    }

    private String target(FakeFpm.Script script) throws IOException {
        fpm = new FakeFpm(script);
        return fpm.target();
    }

    private static void echo(FakeFpm.Request request, Wire wire) throws IOException {
        wire.stdout(HEAD + request.params().get("SCRIPT_NAME") + " " + request.body().length + " ");
        for (int i = 0; i < 20 && request.body().length > 0; i++) {
            wire.stdout("y".repeat(50_000));
        }
        wire.end(0);
    }

    @Test
    void theServletMappedAloneTakesTheSameDecisions() throws Exception {
        context.addServlet(php(Map.of("target", target(OwnContextTest::echo))), "*.php");
        context.addServlet(DefaultServlet.class, "/");
        int port = start();
        assertEquals("/x.php 0 ", RawHttp.get(port, "/x.php").body());
        assertEquals("plain", RawHttp.get(port, "/plain.txt").body());
        assertEquals(404, RawHttp.get(port, "/missing.php").status());
        assertEquals(403, RawHttp.get(port, "/out.php").status());
        assertEquals(1, fpm.requests().size());
    }

    @Test
    void theServletMappedAloneAbortsAndFailsToo() throws Exception {
        context.addServlet(php(Map.of("target", target((request, wire) -> {
            if (request.params().get("QUERY_STRING").equals("begun")) {
                wire.stdout(HEAD + "x".repeat(100_000));
            }
            wire.close();
        }))), "*.php");
        int port = start();
        assertEquals(502, RawHttp.get(port, "/x.php").status());
        assertFalse(RawHttp.get(port, "/x.php?begun").complete());
    }

    /** FastCGIProxyServlet demands proxyTo; the socket beside it is where PHP-FPM is. */
    @Test
    void theInitParamsOfTheStockServletAreEnough() throws Exception {
        context.addServlet(php(Map.of("proxyTo", "http://localhost", "unixDomainPath", target(OwnContextTest::echo), "scriptRoot",
                root.resolve("app").toString(), "scriptPattern", "(.+?\\.php)", "fastCGI.HTTPS", "false")), "*.php");
        assertEquals("/x.php 0 ", RawHttp.get(start(), "/x.php").body());
        assertEquals(root.toRealPath() + "/app/x.php", fpm.requests().get(0).params().get("SCRIPT_FILENAME"));
    }

    private record OldFilter() implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException, ServletException {
            chain.doFilter(request, response);
        }
    }

    @Test
    void behindAFilterWithoutAsyncEverythingWorksAndTheLogSaysSoOnce() throws Exception {
        addFilterWithoutAsync();
        addFilterAndServlet(Map.of("target", target((request, wire) -> {
            echo(request, wire);
            if (request.params().get("QUERY_STRING").equals("broken")) {
                wire.close();
            }
        })));
        int port = start();
        for (int i = 0; i < 2; i++) {
            Reply reply = RawHttp.post(port, "/x.php", "b".repeat(1_000_000));
            assertTrue(reply.complete() && reply.body().startsWith("/x.php 1000000 yyy"), reply.status() + reply.body().substring(0, 50));
            assertEquals("/x.php 1000000 ".length() + 1_000_000, reply.body().length());
        }
        assertEquals(2, log.text().split("does not support async", -1).length, "warned once: " + log.text());
        assertTrue(log.text().contains("outermost first: [" + OldFilter.class.getName() + "]"), log.text());
    }

    @Test
    void behindAFilterWithoutAsyncABrokenAnswerLooksAborted() throws Exception {
        addFilterWithoutAsync();
        addFilterAndServlet(Map.of("target", target((request, wire) -> wire.stdout(HEAD + "x".repeat(100_000)).close())));
        assertFalse(RawHttp.get(start(), "/x.php").complete());
    }

    @Test
    void behindAFilterWithoutAsyncABodyOverTheLimitIsRefusedBeforeItHasCome() throws Exception {
        addFilterWithoutAsync();
        addFilterAndServlet(Map.of("target", target(OwnContextTest::echo), "maxRequestBody", "1m"));
        try (RawHttp http = new RawHttp(start())) {
            assertEquals(413, http.write("POST /x.php HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n").read().status());
        }
        assertEquals(0, fpm.requests().size());
    }

    private void addErrorPage() throws IOException {
        Trees.write(root, "app/error.php", "");
        ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
        pages.addErrorPage(500, 599, "/error.php");
        context.setErrorHandler(pages);
    }

    @Test
    void anErrorPageInPhpIsNotAskedForWhenPhpIsWhatFailed() throws Exception {
        addErrorPage();
        addFilterAndServlet(Map.of("target", root + "/no.sock"));
        Reply reply = RawHttp.get(start(), "/x.php");
        assertEquals("503 Error 503\n", reply.status() + " " + reply.body());
    }

    @Test
    void anErrorPageInPhpThatFailsIsNotAskedForAgain() throws Exception {
        addErrorPage();
        addFilterAndServlet(Map.of("target", target((request, wire) -> wire.stdout("half a head").close())));
        Reply reply = RawHttp.get(start(), "/x.php");
        assertEquals("502 Error 502\n", reply.status() + " " + reply.body());
        assertEquals(2, fpm.requests().size(), "the page and the error page");
    }

    /** Puts a script between two words of its own. */
    public static final class Including extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
            response.setContentType("text/plain");
            response.getOutputStream().print("before ");
            try {
                request.getRequestDispatcher("/x.php?" + request.getQueryString()).include(request, response);
            } catch (ServletException failed) {
                response.getOutputStream().print("failed");
            }
            response.getOutputStream().print(" after " + request.getInputStream().readAllBytes().length);
        }
    }

    @Test
    void anIncludeHasNoBodyAndItsStatusAndHeadersAreNotHeard() throws Exception {
        addFilterAndServlet(Map.of("target", target((request, wire) -> {
            if (request.params().get("QUERY_STRING").equals("broken")) {
                wire.close();
            }
            wire.stdout("Status: 404 Not\r\nX-Php: 1\r\nContent-Type: text/html\r\n\r\nincluded " + request.body().length + " "
                    + request.params().get("CONTENT_LENGTH")).end(0);
        })));
        context.addServlet(Including.class, "/include");
        int port = start();
        Reply reply = RawHttp.post(port, "/include?q=1", "body");
        assertEquals(200, reply.status());
        assertEquals("before included 0 null after 4", reply.body());
        assertEquals(null, reply.header("X-Php"));
        assertEquals("before failed after 4", RawHttp.post(port, "/include?broken", "body").body());
    }

    @Test
    void anIncludeWaitsNoLongerForAWorkerThanQueueTimeout() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        addFilterAndServlet(Map.of("target", target((request, wire) -> {
            goOn.await();
            wire.stdout(HEAD + "ok").end(0);
        }), "maxConnections", "1", "queueTimeout", "100ms"));
        context.addServlet(Including.class, "/include");
        int port = start();
        try (RawHttp first = new RawHttp(port)) {
            first.send("GET", "/x.php", "");
            Until.true_("it has the worker", () -> fpm.requests().size() == 1);
            assertEquals("before failed after 4", RawHttp.post(port, "/include?q=1", "body").body());
            goOn.countDown();
            assertEquals("ok", first.read().body());
        }
    }

    private String refusal() {
        Throwable refused = assertThrows(Exception.class, this::start);
        StringBuilder all = new StringBuilder();
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            all.append(cause).append('\n');
        }
        return all.toString();
    }

    @Test
    void withoutATargetItIsRefusedAtTheStartWithTheChoices() {
        addFilterAndServlet(Map.of());
        assertTrue(refusal().contains("no target is set; say where PHP-FPM is"));
    }

    @Test
    void anUnknownInitParamIsRefusedAtTheStart() {
        addFilterAndServlet(Map.of("target", "127.0.0.1:9000", "maxConnexions", "4"));
        assertTrue(refusal().contains("maxConnexions"));
    }

    @Test
    void anApplicationThatIsNotUnpackedIsRefusedAtTheStart() {
        context.setBaseResource(null);
        addFilterAndServlet(Map.of("target", "127.0.0.1:9000"));
        assertTrue(refusal().contains("its WAR is not unpacked"));
    }
}
