package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker of the real php-fpm does, over TCP, with a connection that it has when it is told to end (a reload): see decision 0023. */
class ToldToEndTest {

    private Path root;
    private RealFpm fpm;
    private long worker;

    @BeforeEach
    void start() throws Exception {
        root = Trees.create();
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
        Trees.write(root, "run.php", "<?php touch(__DIR__ . '/ran'); echo file_get_contents('php://input');");
        Trees.write(root, "wait.php", "<?php touch(__DIR__ . '/ran'); sleep(20);");
        fpm = RealFpm.onTcp(Map.of("pm.max_children", "1", "[global] process_control_timeout", "5s"));
        worker = fpm.workers().get(0);
    }

    @AfterEach
    void stop() throws Exception {
        fpm.close();
        Trees.delete(root);
    }

    /** Which sockets and files a process has. */
    private static Set<String> open(long pid) throws IOException {
        Set<String> links = new HashSet<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path one : all.toList()) {
                try {
                    links.add(Files.readSymbolicLink(one).toString());
                } catch (NoSuchFileException closed) {
                    // While the others were looked at.
                }
            }
        }
        return links;
    }

    /** A connection that the worker has accepted before it was told to end. */
    private RawFastCgi toldToEnd() throws Exception {
        // Perhaps with the connection over which it was asked whether it is up.
        Set<String> idle = open(worker);
        RawFastCgi raw = new RawFastCgi(fpm.target(), root);
        Until.true_("it is accepted", () -> !idle.containsAll(open(worker)));
        // Now that one is closed, for a worker has one at a time.
        idle.retainAll(open(worker));
        RealFpm.signal("QUIT", worker);
        Until.true_("its listening socket is closed", () -> !open(worker).containsAll(idle));
        return raw;
    }

    private boolean ran() {
        return Files.exists(root.resolve("ran"));
    }

    @Test
    void itExecutesWhatItHasAccepted() throws Exception {
        try (RawFastCgi raw = toldToEnd()) {
            assertEquals("yes END 0", raw.begin(false, "run.php").params("CONTENT_LENGTH", "3").body("yes").answer());
        }
    }

    /** With a reset, some ten milliseconds after its answer to the question: nothing that comes in between tells that it will. */
    @Test
    void itDropsWhatComesBehindAQuestion() throws Exception {
        try (RawFastCgi raw = toldToEnd().record(9, RawFastCgi.bytes("FCGI_MPXS_CONNS", ""))) {
            byte[] head = new byte[8];
            raw.in().readFully(head);
            raw.in().skipBytes((head[5] & 0xFF) + (head[6] & 0xFF));
            raw.begin(false, "run.php").params("CONTENT_LENGTH", "3").body("yes");
            assertTrue(raw.isReset());
            assertFalse(ran());
        }
    }

    /** The same to see from here as {@link #itDropsWhatComesBehindAQuestion}. */
    @Test
    void oneThatIsKilledWhileItExecutesGivesTheSameReset() throws Exception {
        try (RawFastCgi raw = new RawFastCgi(fpm.target(), root).begin(false, "wait.php").body("")) {
            Until.true_("it runs", this::ran);
            RealFpm.signal("KILL", worker);
            assertTrue(raw.isReset());
        }
    }

    /** So a reset would prove that it has not begun, as long as nothing but the head has been sent; but that can only be while no body is. */
    @Test
    void withoutAnythingBehindTheHeadItGivesAnEndOfFile() throws Exception {
        try (RawFastCgi raw = new RawFastCgi(fpm.target(), root).begin(false, "wait.php").record(RawFastCgi.PARAMS, new byte[0])) {
            Until.true_("it runs", this::ran);
            RealFpm.signal("KILL", worker);
            assertFalse(raw.isReset());
        }
    }
}
