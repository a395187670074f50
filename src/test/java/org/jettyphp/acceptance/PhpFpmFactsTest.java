package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the real php-fpm does, without us: our rules rest on it, and a php-fpm that does otherwise shall be noticed here. */
class PhpFpmFactsTest {

    private static final int BEGIN = 1;
    private static final int END = 3;
    private static final int PARAMS = 4;
    private static final int STDIN = 5;

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

    /** A connection on which records are written and read by hand. */
    private static final class Raw implements AutoCloseable {

        private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        private final DataInputStream in = new DataInputStream(Channels.newInputStream(channel));

        Raw() throws IOException {
            channel.connect(UnixDomainSocketAddress.of(fpm.target()));
        }

        Raw record(int type, byte[] content) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(8 + content.length);
            bytes.put(new byte[] {1, (byte) type, 0, (byte) (type == 9 ? 0 : 1)}).putShort((short) content.length).putShort((short) 0);
            try {
                channel.write(bytes.put(content).flip());
            } catch (IOException closed) {
                // php-fpm may have closed before it has read everything; what it has sent is still there to be read.
                assertTrue(String.valueOf(closed.getMessage()).contains("pipe"), closed.toString());
            }
            return this;
        }

        Raw begin(boolean keep, String script) throws IOException {
            record(BEGIN, new byte[] {0, 1, (byte) (keep ? 1 : 0), 0, 0, 0, 0, 0});
            return params("SCRIPT_FILENAME", root + "/" + script, "SCRIPT_NAME", "/" + script, "REQUEST_METHOD", "POST");
        }

        Raw params(String... pairs) throws IOException {
            return record(PARAMS, bytes(pairs));
        }

        Raw body(String body) throws IOException {
            record(PARAMS, new byte[0]);
            if (!body.isEmpty()) {
                record(STDIN, body.getBytes(StandardCharsets.US_ASCII));
            }
            return record(STDIN, new byte[0]);
        }

        /** What comes behind the headers, and " END" if END_REQUEST did. */
        String answer() throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            String end = "";
            try {
                while (end.isEmpty()) {
                    byte[] head = new byte[8];
                    in.readFully(head);
                    byte[] content = new byte[(head[4] & 0xFF) << 8 | head[5] & 0xFF];
                    in.readFully(content);
                    in.skipBytes(head[6] & 0xFF);
                    assertEquals(0, (content.length + (head[6] & 0xFF)) % 8, "records are padded to 8");
                    assertTrue(content.length <= 65_528 && content.length > 0);
                    end = head[1] == END ? " END " + content[4] : "";
                    out.write(head[1] == 6 ? content : new byte[0]);
                }
            } catch (IOException lost) {
                end = " LOST";
            }
            String all = out.toString(StandardCharsets.US_ASCII);
            return all.substring(all.indexOf("\r\n\r\n") < 0 ? 0 : all.indexOf("\r\n\r\n") + 4) + end;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static byte[] bytes(String... pairs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < pairs.length; i += 2) {
            bytes.write(pairs[i].length());
            bytes.write(pairs[i + 1].length());
            bytes.writeBytes((pairs[i] + pairs[i + 1]).getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    @Test
    void ofTwoVariablesOfOneNameTheLastWins() throws Exception {
        try (Raw raw = new Raw().begin(false, "env.php").params("A", "first", "A", "last").body("")) {
            assertTrue(raw.answer().startsWith("last none "));
        }
    }

    @Test
    void aVariableThatStraddlesTwoRecordsIsLostWithAllThatFollowsInThem() throws Exception {
        byte[] both = bytes("A", "aaaa", "B", "bbbb");
        try (Raw raw = new Raw().begin(false, "env.php")) {
            raw.record(PARAMS, java.util.Arrays.copyOf(both, 4)).record(PARAMS, java.util.Arrays.copyOfRange(both, 4, both.length));
            assertTrue(!raw.body("").answer().contains("aaaa"));
        }
    }

    @Test
    void theBodyIsCutToTheContentLengthAndEmptyWithoutOne() throws Exception {
        try (Raw raw = new Raw().begin(false, "body.php").params("CONTENT_LENGTH", "3").body("abcdef")) {
            assertEquals("abc END 0", raw.answer());
        }
        try (Raw raw = new Raw().begin(false, "body.php").body("abcdef")) {
            assertEquals(" END 0", raw.answer());
        }
    }

    @Test
    void anIniValueStaysInTheWorkerThatGotIt() throws Exception {
        try (Raw raw = new Raw().begin(false, "env.php").params("PHP_VALUE", "precision=3").body("")) {
            assertEquals("none none 3 END 0", raw.answer());
        }
        try (Raw raw = new Raw().begin(false, "env.php").body("")) {
            assertEquals("none none 3 END 0", raw.answer());
        }
        try (Raw raw = new Raw().begin(false, "env.php").params("PHP_VALUE", "precision=14").body("")) {
            assertEquals("none none 14 END 0", raw.answer());
        }
    }

    @Test
    void aConnectionHasItsWorkerUntilItCloses() throws Exception {
        try (Raw kept = new Raw().begin(true, "body.php").body("");
                Raw waits = new Raw().begin(false, "body.php").params("CONTENT_LENGTH", "1").body("w")) {
            kept.answer();
            assertEquals("k END 0", kept.begin(true, "body.php").params("CONTENT_LENGTH", "1").body("k").answer());
            assertEquals(0, waits.in.available());
            kept.close();
            assertEquals("w END 0", waits.answer());
        }
    }

    @Test
    void getValuesIsAnsweredOnAConnectionThatIsNotKept() throws Exception {
        try (Raw raw = new Raw().record(9, bytes("FCGI_MPXS_CONNS", ""))) {
            byte[] head = new byte[8];
            raw.in.readFully(head);
            assertEquals(10, head[1]);
            raw.in.skipBytes(((head[4] & 0xFF) << 8 | head[5] & 0xFF) + (head[6] & 0xFF));
            assertEquals("yes END 0", raw.begin(false, "body.php").params("CONTENT_LENGTH", "3").body("yes").answer());
        }
    }

    @Test
    void aWorkerThatDiesWhileItExecutesEndsTheConnectionWithoutAnEnd() throws Exception {
        try (Raw raw = new Raw().begin(false, "die.php").body("")) {
            assertEquals(" LOST", raw.answer());
        }
    }

    @Test
    void aLargeAnswerComesInRecordsPaddedToEight() throws Exception {
        try (Raw raw = new Raw().begin(false, "big.php").body("")) {
            assertEquals(200_000 + " END 0".length(), raw.answer().length());
        }
    }

    @Test
    void closingTheConnectionIsAnAbortThatPhpSeesAtItsNextFlush() throws Exception {
        try (Raw raw = new Raw().begin(false, "left.php").body("")) {
            Until.true_("it runs", () -> Files.exists(root.resolve("runs")) && raw.in.read() >= 0);
        }
        Until.true_("PHP saw it", () -> Files.exists(root.resolve("left")));
    }
}
