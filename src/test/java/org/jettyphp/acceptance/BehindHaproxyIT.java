package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jettyphp.peers.Ports;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers behind the real HAProxy, configured as the documentation says, one of which is stopped and started again under load. */
class BehindHaproxyIT {

    private static final int RESTARTS = 2;

    private static final int CLIENTS = 10;
    /** Who ask while a server starts: of more it would get so little of two cores that it takes many times as long. */
    private static final int FEW_CLIENTS = 2;

    private final int[] ports = new int[2];
    private final ServerProcess[] servers = new ServerProcess[2];
    private Path root;
    private Path log;
    private Process haproxy;
    private int port;

    @BeforeEach
    void startAll() throws Exception {
        root = Trees.create();
        Files.copy(Path.of("src/test/php/once.php"), root.resolve("once.php"));
        Files.setPosixFilePermissions(Files.createDirectory(root.resolve("state")), PosixFilePermissions.fromString("rwxrwxrwx"));
        for (int i = 0; i < servers.length; i++) {
            ports[i] = Ports.free();
            start(i);
        }
        port = Ports.free();
        log = root.resolve("haproxy.log");
        Path configuration = Files.writeString(root.resolve("haproxy.cfg"), documented().replace("bind :80", "bind 127.0.0.1:" + port)
                .replace("10.0.0.11:8080", "127.0.0.1:" + ports[0]).replace("10.0.0.12:8080", "127.0.0.1:" + ports[1]));
        haproxy = new ProcessBuilder("haproxy", "-db", "-f", configuration.toString()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        Until.true_("HAProxy listens", () -> RealFpm.listens(port));
    }

    private static String documented() throws Exception {
        Matcher block = Pattern.compile("```haproxy\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("src/site/markdown/stopping.md")));
        block.find();
        return block.group(1);
    }

    private void start(int i) throws Exception {
        List<String> command = List.of(ServerProcess.java(), "-jar", System.getProperty("standalone.jar"), "serve", root.toString(),
                "--port", Integer.toString(ports[i]), "--workers", "4", "--access-log", "off", "--stop-delay",
                "2s");
        servers[i] = ServerProcess.start(new ServerProcess.Plan(Trees.create(), command, Map.of(), MainClassIT.READY, "", Set.of()));
    }

    @AfterEach
    void stopAll() throws Exception {
        if (haproxy != null) {
            haproxy.destroy();
            haproxy.waitFor();
        }
        List<ServerProcess> running = Stream.of(servers).filter(Objects::nonNull).toList();
        for (ServerProcess server : running) {
            // Each takes its stopDelay.
            RealFpm.signal("TERM", server.pid());
        }
        for (ServerProcess server : running) {
            server.close();
        }
        Trees.delete(root);
    }

    private long said(String words) throws Exception {
        return Files.readString(log).split(Pattern.quote(words), -1).length - 1;
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aRestartFailsNothing() throws Exception {
        try (Crowd few = new Crowd(port, root.resolve("state/few"), FEW_CLIENTS, true)) {
            for (int i = 0; i < RESTARTS; i++) {
                try (Crowd many = new Crowd(port, root.resolve("state/many" + i), CLIENTS, true)) {
                    many.untilAnswered(100);
                    servers[0].close();
                    servers[0] = null;
                    many.untilAnswered(100);
                    assertNothingFailed(many);
                }
                long back = said("php/a is UP") + 1;
                start(0);
                Until.true_("HAProxy has seen it", () -> said("php/a is UP") == back);
                few.untilAnswered(100);
            }
            assertNothingFailed(few);
        }
        // On a busy machine a check may be late besides.
        assertTrue(said("php/a is DOWN") >= RESTARTS, Files.readString(log));
    }

    private static void assertNothingFailed(Crowd crowd) throws Exception {
        assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
        assertEquals(List.of(), crowd.failures());
    }
}
