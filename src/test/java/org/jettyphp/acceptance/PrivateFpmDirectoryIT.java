package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the main class keeps the socket and the pool file of its php-fpm: what becomes of it. */
class PrivateFpmDirectoryIT {

    private Path root;
    private Path temporary;

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        Trees.write(root, "hello.php", "<?php echo 'Hello, World!';");
        temporary = Files.createDirectory(root.resolve("t"));
    }

    @AfterEach
    void delete() throws Exception {
        Trees.delete(root);
    }

    private ServerProcess serve() throws Exception {
        return ServerProcess.start(new ServerProcess.Plan(Trees.create(),
                List.of(ServerProcess.java(), "-Djava.io.tmpdir=" + temporary, "-jar", System.getProperty("standalone.jar"), "serve",
                        root.toString(), "--port", "0", "--workers", "1", "--access-log", "off"),
                Map.of(), MainClassIT.READY, "", Set.of()));
    }

    private static Path runDirectory(ServerProcess server) throws Exception {
        Matcher named = Pattern.compile("PHP-FPM at unix:(\\S+)/fpm\\.sock").matcher(server.log());
        assertTrue(named.find());
        return Path.of(named.group(1));
    }

    private long directories() throws Exception {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(path -> path.getFileName().toString().startsWith("jetty-php-fpm-")).count();
        }
    }

    /** As where a machine loses its power: nobody is left to clean up. */
    private static void killAtOnce(ServerProcess server) throws Exception {
        ProcessHandle jvm = ProcessHandle.of(server.pid()).orElseThrow();
        RealFpm.signal("STOP", jvm.pid());
        List<ProcessHandle> children = jvm.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        jvm.destroyForcibly();
        jvm.onExit().join();
    }

    @Test
    void whatKilledProcessesHaveLeftIsRemovedAtTheNextStartAndWhatLivesIsNot() throws Exception {
        Path left;
        try (ServerProcess killed = serve()) {
            left = runDirectory(killed);
            killAtOnce(killed);
        // Only now is there somebody to take note of their end.
        }
        Until.true_("all have ended", () -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertTrue(Files.exists(left.resolve("pool.conf")));
        assertEquals(2, directories(), "with the one for bodies");
        try (ServerProcess first = serve(); ServerProcess second = serve()) {
            assertFalse(Files.exists(left), first.log());
            assertEquals(4, directories());
            assertTrue(Files.exists(runDirectory(first)));
            assertEquals("Hello, World!", RawHttp.get(first.port(), "/hello.php").body());
            assertEquals("Hello, World!", RawHttp.get(second.port(), "/hello.php").body());
        }
        assertEquals(0, directories());
    }
}
