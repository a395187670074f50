package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the real php-fpm does, without us: our rules rest on it, and a php-fpm that does otherwise shall be noticed here. */
class PhpFpmFactsTest {

    private static Path root;
    /** With one worker. */
    private static RealFpm fpm;

    @BeforeAll
    static void start() throws Exception {
        root = Trees.create();
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
        Trees.write(root, "env.php", "<?php echo $_SERVER['A'] ?? 'none', ' ', $_SERVER['B'] ?? 'none', ' ', ini_get('precision');");
        Trees.write(root, "body.php", "<?php echo file_get_contents('php://input');");
        Trees.write(root, "die.php", "<?php exec('kill -9 ' . getmypid()); sleep(5);");
        Trees.write(root, "big.php", "<?php echo str_repeat('x', 200000);");
        Trees.write(root, "slow.php",
                "<?php touch(__DIR__ . '/slow'); while (!file_exists(__DIR__ . '/go-on')) { usleep(1000); clearstatcache(); }"
                        + " echo 'whole';");
        Trees.write(root, "head.php",
                "<?php http_response_code((int) $_SERVER['A']); header('X-Long: ' . str_repeat('h', 1000000)); echo 'b';");
        Trees.write(root, "left.php",
                "<?php register_shutdown_function(fn () => touch(__DIR__ . '/' . (connection_aborted() ? 'left' : 'stayed')));"
                        + " while (ob_get_level()) ob_end_flush(); touch(__DIR__ . '/runs'); for ($i = 0; $i < 1000; $i++) { echo 'x'; flush(); usleep(10000); }");
        fpm = RealFpm.onUnixSocket(Map.of("pm.max_children", "1"));
    }

    @AfterAll
    static void stop() throws Exception {
        fpm.close();
        Trees.delete(root);
    }

    private static RawFastCgi connect() throws IOException {
        return new RawFastCgi(fpm.target(), root);
    }

    @Test
    void ofTwoVariablesOfOneNameTheLastWins() throws Exception {
        try (RawFastCgi raw = connect().begin(false, "env.php").params("A", "first", "A", "last").body("")) {
            assertTrue(raw.answer().startsWith("last none "));
        }
    }

    @Test
    void aVariableThatStraddlesTwoRecordsIsLostWithAllThatFollowsInThem() throws Exception {
        byte[] both = RawFastCgi.bytes("A", "aaaa", "B", "bbbb");
        try (RawFastCgi raw = connect().begin(false, "env.php")) {
            raw.record(RawFastCgi.PARAMS, java.util.Arrays.copyOf(both, 4)).record(RawFastCgi.PARAMS,
                    java.util.Arrays.copyOfRange(both, 4, both.length));
            assertTrue(!raw.body("").answer().contains("aaaa"));
        }
    }

    @Test
    void theBodyIsCutToTheContentLengthAndEmptyWithoutOne() throws Exception {
        try (RawFastCgi raw = connect().begin(false, "body.php").params("CONTENT_LENGTH", "3").body("abcdef")) {
            assertEquals("abc END 0", raw.answer());
        }
        try (RawFastCgi raw = connect().begin(false, "body.php").body("abcdef")) {
            assertEquals(" END 0", raw.answer());
        }
    }

    /** Not even the empty record that ends a body ends the wait, so CONTENT_LENGTH must be true. */
    @Test
    void aContentLengthThatIsTooLongHoldsTheWorkerUntilAllOfItHasCome() throws Exception {
        try (RawFastCgi raw = connect().begin(false, "body.php").params("CONTENT_LENGTH", "6").body("abc")) {
            assertEquals("abcdef END 0", raw.record(RawFastCgi.STDIN, new byte[] {'d', 'e', 'f'}).answer());
        }
    }

    @Test
    void aRecordOfAnotherTypeEndsTheBodyAndLosesWhatHasCome() throws Exception {
        try (RawFastCgi raw = connect().begin(false, "body.php").params("CONTENT_LENGTH", "6").record(RawFastCgi.PARAMS, new byte[0])) {
            assertEquals(" END 0", raw.record(RawFastCgi.STDIN, new byte[] {'a', 'b', 'c'}).record(RawFastCgi.ABORT, new byte[0]).answer());
        }
    }

    @Test
    void anAbortIsNotReadWhileAScriptRuns() throws Exception {
        try (RawFastCgi raw = connect().begin(false, "slow.php").body("")) {
            Until.true_("it runs", () -> Files.exists(root.resolve("slow")));
            raw.record(RawFastCgi.ABORT, new byte[0]);
            Files.createFile(root.resolve("go-on"));
            assertEquals("whole END 0", raw.answer());
        }
    }

    /** Nothing may be opened ahead of need. */
    @Test
    void whoSaysNothingFor5SecondsIsDropped() throws Exception {
        try (RawFastCgi raw = connect()) {
            long start = System.nanoTime();
            assertEquals(-1, raw.in().read());
            assertTrue(System.nanoTime() - start > TimeUnit.SECONDS.toNanos(4));
        }
    }

    @Test
    void theStatusIsNamedOnlyIfItIsNot200AndAHeadMayHaveAnyLength() throws Exception {
        for (String status : new String[] {"200", "404"}) {
            try (RawFastCgi raw = connect().begin(false, "head.php").params("A", status).body("")) {
                String all = raw.all();
                assertEquals(status.equals("404"), all.startsWith("Status: 404 Not Found\r\n"), all.substring(0, 100));
                assertEquals(status.equals("404"), all.contains("Status:"));
                assertTrue(all.contains("X-Long: " + "h".repeat(1_000_000) + "\r\n"));
            }
        }
    }

    /** With {@code cgi.fix_pathinfo=1}, its default: so it must be told of scripts only, and of files that exist. */
    @Test
    void aPathThatDoesNotExistIsWalkedUpToAFileThatDoes() throws Exception {
        Trees.write(root, "picture.jpg", "<?php echo 'executed';");
        try (RawFastCgi raw = connect().begin(false, "picture.jpg/x.php").body("")) {
            assertEquals("Access denied.\n END 0", raw.answer(), "only security.limit_extensions saves us");
        }
    }

    @Test
    void aPingIntoAFullPoolWaits() throws Exception {
        try (RawFastCgi kept = connect().begin(true, "body.php").body("")) {
            kept.answer();
            try (RawFastCgi ping = connect().record(RawFastCgi.BEGIN, new byte[] {0, 1, 0, 0, 0, 0, 0, 0})) {
                ping.params("SCRIPT_NAME", "/ping", "SCRIPT_FILENAME", "/ping", "REQUEST_METHOD", "GET").body("");
                kept.begin(true, "body.php").body("").answer();
                assertEquals(0, ping.available());
                kept.close();
                assertEquals("pong END 0", ping.answer());
            }
        }
    }

    @Test
    void anIniValueStaysInTheWorkerThatGotIt() throws Exception {
        try (RawFastCgi raw = connect().begin(false, "env.php").params("PHP_VALUE", "precision=3").body("")) {
            assertEquals("none none 3 END 0", raw.answer());
        }
        try (RawFastCgi raw = connect().begin(false, "env.php").body("")) {
            assertEquals("none none 3 END 0", raw.answer());
        }
        try (RawFastCgi raw = connect().begin(false, "env.php").params("PHP_VALUE", "precision=14").body("")) {
            assertEquals("none none 14 END 0", raw.answer());
        }
    }

    @Test
    void aConnectionHasItsWorkerUntilItCloses() throws Exception {
        try (RawFastCgi kept = connect().begin(true, "body.php").body("");
                RawFastCgi waits = connect().begin(false, "body.php").params("CONTENT_LENGTH", "1").body("w")) {
            kept.answer();
            assertEquals("k END 0", kept.begin(true, "body.php").params("CONTENT_LENGTH", "1").body("k").answer());
            assertEquals(0, waits.available());
            kept.close();
            assertEquals("w END 0", waits.answer());
        }
    }

    @Test
    void getValuesIsAnsweredOnAConnectionThatIsNotKept() throws Exception {
        try (RawFastCgi raw = connect().record(9, RawFastCgi.bytes("FCGI_MPXS_CONNS", ""))) {
            byte[] head = new byte[8];
            raw.in().readFully(head);
            assertEquals(10, head[1]);
            String values = new String(raw.in().readNBytes((head[4] & 0xFF) << 8 | head[5] & 0xFF), StandardCharsets.US_ASCII);
            assertEquals("\17\1FCGI_MPXS_CONNS0", values, "one request at a time on a connection");
            raw.in().skipBytes(head[6] & 0xFF);
            assertEquals("yes END 0", raw.begin(false, "body.php").params("CONTENT_LENGTH", "3").body("yes").answer());
        }
    }

    @Test
    void aWorkerThatDiesWhileItExecutesEndsTheConnectionWithoutAnEnd() throws Exception {
        try (RawFastCgi raw = connect().begin(false, "die.php").body("")) {
            assertEquals(" LOST", raw.answer());
        }
    }

    @Test
    void aLargeAnswerComesInRecordsPaddedToEight() throws Exception {
        try (RawFastCgi raw = connect().begin(false, "big.php").body("")) {
            assertEquals(200_000 + " END 0".length(), raw.answer().length());
        }
    }

    @Test
    void closingTheConnectionIsAnAbortThatPhpSeesAtItsNextFlush() throws Exception {
        try (RawFastCgi raw = connect().begin(false, "left.php").body("")) {
            Until.true_("it runs", () -> Files.exists(root.resolve("runs")) && raw.in().read() >= 0);
        }
        Until.true_("PHP saw it", () -> Files.exists(root.resolve("left")));
    }
}
