package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.DefaultServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.servlet.PhpServlet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Error pages where the servlet is mapped alone to {@code *.php}, in a Jetty of somebody's own. */
class ServletAloneErrorPagesTest {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private Path root;
    private RealFpm fpm;

    @BeforeEach
    void start() throws Exception {
        root = Trees.create();
        Trees.copy(Path.of("src/test/php"), root);
        Trees.write(root, "sorry.html", "sorry");
        fpm = RealFpm.onUnixSocket(Map.of("pm.max_children", "1"));
        ServletHolder php = new ServletHolder("php", PhpServlet.class);
        php.setAsyncSupported(true);
        php.setInitParameters(Map.of("target", fpm.target(), "maxConnections", "1", "errorPage.404", "/error-page.php", "errorPage.409",
                "/error-page.php", "errorPage.502", "/sorry.html", "interceptErrors", "true"));
        ServletContextHandler context = new ServletContextHandler();
        context.setBaseResourceAsPath(root);
        context.addServlet(php, "*.php");
        context.addServlet(DefaultServlet.class, "/");
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        if (fpm != null) {
            fpm.close();
        }
        Trees.delete(root);
    }

    private static String said(Reply reply) {
        return reply.status() + " " + reply.body();
    }

    @Test
    void itsOwnErrorsAndThoseOfPhpHaveTheirPages() throws Exception {
        int port = connector.getLocalPort();
        assertEquals("404 page 404 GET /missing.php?a=1 ", said(RawHttp.get(port, "/missing.php?a=1")));
        assertEquals("409 page 409 GET /said.php?code=409 ", said(RawHttp.post(port, "/said.php?code=409", "a=b")));
        assertEquals("502 sorry", said(RawHttp.post(port, "/die-at-once.php?count=" + root.resolve("none/count"), "x")));
    }
}
