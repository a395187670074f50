package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A spool directory with room for 1 MiB. */
class FullDiskTest extends BehindRealFpm {

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(root.resolve("disk"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()).start();
        boolean mounted = mount.waitFor() == 0;
        if (!mounted) {
            disk = null;
        }
        assumeTrue(mounted, "a small file system cannot be mounted here; it takes root");
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            stopServer();
            new ProcessBuilder("umount", disk.toString()).inheritIO().start().waitFor();
        }
    }

    private long files() throws Exception {
        try (Stream<Path> all = Files.walk(disk)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void anUploadThatDoesNotFitIs503AndTheRestGoesOn() throws Exception {
        int port = serve("spoolDirectory", disk.toString(), "maxSpool", "10g");
        Reply reply = RawHttp.post(port, "/body.php", "x".repeat(3_000_000));
        assertEquals(503, reply.status());
        assertTrue(log.text().contains("No space left on device") && log.text().contains("set spoolDirectory"), log.text());
        Until.true_("what was taken has been given back",
                () -> RawHttp.post(port, "/body.php", "x".repeat(500_000)).body().startsWith("500000 "));
        Until.true_("only the lock is left", () -> files() == 1);
        assertTrue(log.text().contains("which is in memory (tmpfs)"), "a warning at start");
    }

    @Test
    void anAnswerThatDoesNotFitWaitsForItsReader() throws Exception {
        int port = serve("spoolDirectory", disk.toString(), "maxSpool", "10g");
        try (RawHttp slow = new RawHttp(port)) {
            slow.send("GET", "/big.php?kb=40000", "");
            Until.true_("it is held back", () -> log.text().contains("Answers hold their PHP workers"));
            Reply reply = slow.read();
            assertTrue(reply.complete());
            assertEquals(40_000 * 1024, reply.body().length());
        }
        assertEquals("Hello, World!", RawHttp.get(port, "/hello.php").body());
    }
}
