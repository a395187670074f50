package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.jettyphp.config.SettingsException;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.launch.PhpServerBuilder;
import org.jettyphp.peers.BareFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PHP-FPM cannot be reached, or cannot do what it is asked: the client sees little, the log says what to change. */
class UnreachableTest extends WithServer {

    @BeforeEach
    void createApplication() throws Exception {
        Trees.write(root, "app/x.php", "<?php echo 'ran';");
    }

    private Reply ask(String target, String... settings) throws Exception {
        return RawHttp.get(start(application().target(target), settings), "/x.php");
    }

    private PhpServerBuilder application() {
        return PhpServer.serving(root.resolve("app")).set("accessLog", "off");
    }

    private void assertUnavailable(Reply reply, String cause) {
        assertEquals(503, reply.status());
        assertEquals("2", reply.header("Retry-After"));
        assertFalse(reply.body().contains(root.toString()), "internals are for the log");
        assertTrue(log.text().contains(cause) && log.text().contains("as user " + System.getProperty("user.name")), log.text());
    }

    @Test
    @Timeout(10)
    void aSocketThatIsNotThereIs503AtOnce() throws Exception {
        assertUnavailable(ask(root + "/no.sock"),
                "there is no such socket; start PHP-FPM or compare 'target' with the 'listen' of its pool");
    }

    @Test
    @Timeout(10)
    void aFileThatIsNoSocketIs503AtOnce() throws Exception {
        assertUnavailable(ask(Trees.write(root, "plain", "").toString()), "this is not a socket");
    }

    @Test
    @Timeout(10)
    void aPortWhereNobodyListensIs503AtOnce() throws Exception {
        assertUnavailable(ask("127.0.0.1:1"), "connection refused: nothing listens there");
    }

    @Test
    @Timeout(20)
    void aNameThatDoesNotResolveIs503AtOnce() throws Exception {
        assertUnavailable(ask("no-such-host.invalid:9000"), "the host name does not resolve");
    }

    @Test
    void itRecoversWithoutARestartWhenMended() throws Exception {
        Path socket = root.resolve("link.sock");
        assertUnavailable(ask(socket.toString()), "there is no such socket");
        assertEquals(503, RawHttp.get(server.port(), "/x.php").status());
        String missed = "no such socket; start PHP-FPM or compare 'target' with the 'listen' of its pool; requests get 503 until it can";
        assertEquals(1, log.text().split(missed, -1).length - 1, "once: " + log.text());
        try (RealFpm fpm = RealFpm.onUnixSocket(Map.of())) {
            Files.createSymbolicLink(socket, Path.of(fpm.target()));
            assertEquals("ran", RawHttp.get(server.port(), "/x.php").body());
            Until.true_("the log says so", () -> log.text().matches("(?s).*link.sock is back, \\d+ ms after it was missed first.*"));
        }
    }

    @Test
    void aRootThatPhpFpmSeesElsewhereIsExplained() throws Exception {
        try (RealFpm fpm = RealFpm.onUnixSocket(Map.of())) {
            assertEquals(404, ask(fpm.target(), "scriptRoot", "/srv/elsewhere").status());
            assertTrue(log.text().contains("PHP-FPM finds no file /srv/elsewhere/x.php (SCRIPT_FILENAME)"), log.text());
        }
    }

    @Test
    void twoRootsOfOneTreeWork() throws Exception {
        Files.createSymbolicLink(root.resolve("other-name"), root.resolve("app"));
        try (RealFpm fpm = RealFpm.onUnixSocket(Map.of())) {
            assertEquals("ran", ask(fpm.target(), "scriptRoot", root.resolve("other-name").toString()).body());
        }
    }

    @Test
    void anExtensionThatThePoolForbidsIsExplained() throws Exception {
        Trees.write(root, "app/y.php5", "<?php echo 'ran';");
        try (RealFpm fpm = RealFpm.onUnixSocket(Map.of())) {
            ask(fpm.target(), "scriptExtensions", "php php5");
            assertEquals(403, RawHttp.get(server.port(), "/y.php5").status());
            assertTrue(log.text().contains("security.limit_extensions in the pool's configuration"), log.text());
        }
    }

    @Test
    void aPoolThatTakesOtherClientsIsExplained() throws Exception {
        try (BareFpm closing = BareFpm.onTcp((line, number) -> line.record())) {
            assertEquals(503, ask(closing.target()).status());
            assertTrue(log.text().contains("; if it is not being stopped, see that listen.allowed_clients of its pool has our address"),
                    log.text());
        }
    }

    @Test
    void ourErrorsReachTheApplicationsErrorPages() throws Exception {
        Trees.write(root, "app/503.html", "<h1>Back soon</h1>");
        server = application().target(root + "/no.sock").port(0).build();
        ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
        pages.addErrorPage(503, "/503.html");
        server.context().setErrorHandler(pages);
        server.start();
        Reply reply = RawHttp.get(server.port(), "/x.php");
        assertEquals(503, reply.status());
        assertTrue(reply.body().contains("Back soon"), reply.body());
    }

    @Test
    void settingsAreRefusedAtTheStartAllAtOnce() {
        SettingsException refused = assertThrows(SettingsException.class,
                () -> PhpServer.serving(root.resolve("app")).set("maxConnexions", "3").set("queueTimeout", "soon").set("port", "70000")
                        .build());
        assertTrue(refused.getMessage().contains("maxConnexions") && refused.getMessage().contains("queueTimeout"), refused.getMessage());
    }

    @Test
    void aTargetThatIsNotUnderstoodIsRefusedAtTheStart() throws Exception {
        Exception refused = assertThrows(Exception.class, () -> ask("http://localhost:9000"));
        assertTrue(refused.getMessage().contains("What is understood"), refused.toString());
    }
}
