package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A {@code jetty-base} that is ended by SIGTERM, with one request under way and one in the queue. */
class StoppedJettyBaseIT {

    private Path root;
    private RealFpm fpm;
    private ServerProcess server;

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        Trees.copy(Path.of("src/test/php"), root.resolve("php"));
        Files.setPosixFilePermissions(Files.createDirectory(root.resolve("state")), PosixFilePermissions.fromString("rwxrwxrwx"));
        fpm = RealFpm.onUnixSocket(Map.of("pm.max_children", "1"));
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        fpm.close();
        Trees.delete(root);
    }

    private void start(String stopTimeout) throws Exception {
        server = (ServerProcess) JettyBase.start(root.resolve("php"),
                Map.of("target", fpm.target(), "maxConnections", "1", "stopTimeout", stopTimeout));
        assertEquals("Hello, World!", RawHttp.get(server.port(), "/hello.php").body(), server.log());
    }

    private Path state(String name) {
        return root.resolve("state").resolve(name);
    }

    private void askBoth(RawHttp first, RawHttp second) throws Exception {
        first.send("GET", "/count.php?count=" + state("count") + "&until=" + state("until") + "&ended=" + state("ended"), "");
        Until.true_("it runs", () -> Files.exists(state("count")));
        second.send("POST", "/hello.php", "x=1");
        assertEquals(200, RawHttp.get(server.port(), "/static.txt").status(), "by now the other one waits");
    }

    private void terminate() {
        assertTrue(ProcessHandle.of(server.pid()).orElseThrow().destroy());
    }

    private boolean isRefused() {
        try (RawHttp another = new RawHttp(server.port())) {
            return another.send("GET", "/static.txt", "").read().status() != 200;
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void whatRunsAndWhatWaitsIsAnswered() throws Exception {
        start("20s");
        try (RawHttp first = new RawHttp(server.port()); RawHttp second = new RawHttp(server.port())) {
            askBoth(first, second);
            terminate();
            Until.true_("no more connections are taken", this::isRefused);
            Files.createFile(state("until"));
            Reply reply = first.read();
            assertEquals("counted", reply.body(), reply + server.log());
            assertEquals("close", reply.header("Connection"));
            assertEquals("Hello, World!", second.read().body(), server.log());
        }
    }

    @Test
    void whatTakesTooLongIsRefused() throws Exception {
        start("500ms");
        try (RawHttp first = new RawHttp(server.port()); RawHttp second = new RawHttp(server.port())) {
            askBoth(first, second);
            terminate();
            for (RawHttp client : new RawHttp[] {first, second}) {
                Reply reply = client.read();
                assertEquals(503, reply.status(), reply + server.log());
                assertEquals("2", reply.header("Retry-After"));
            }
            assertFalse(Files.exists(state("ended")), "they have not waited for the script");
        }
        String log = server.log();
        for (String path : new String[] {"GET /count.php", "POST /hello.php"}) {
            assertTrue(log.lines().anyMatch(line -> line.contains(" 503 " + path)
                    && line.endsWith("the application is stopped, and the request was still under way after stopTimeout=500ms")), log);
        }
    }
}
