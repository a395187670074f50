package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.jettyphp.servlet.UnderWay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client who resets its HTTP/2 stream after the body has come whole, before and after PHP has begun. */
class LeavingClientTest {

    private static final int BEGIN_REQUEST = 1;
    private static final int GET_VALUES = 9;
    private static final int BODY = 400_000;

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CapturedLog log = new CapturedLog();
    private Path root;
    private FakeFpm fpm;
    private PhpServer server;

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        Trees.write(root, "x.php", "");
    }

    @AfterEach
    void stop() throws Exception {
        goOn.countDown();
        server.close();
        fpm.close();
        log.close();
        Trees.delete(root);
    }

    @Test
    void phpIsNotStartedForAClientWhoIsKnownToHaveLeft() throws Exception {
        askAndLeaveAt("GET", GET_VALUES);
        Until.true_("given up", () -> UnderWay.busy(server.context().getServletContext()) == 0);
        goOn.countDown();
        assertEquals(List.of(), fpm.requests());
    }

    @ParameterizedTest
    @ValueSource(ints = {GET_VALUES, BEGIN_REQUEST})
    void aPostIsDoneWholeWhetherPhpHasBegunOrNot(int record) throws Exception {
        askAndLeaveAt("POST", record);
        goOn.countDown();
        Until.true_("received", () -> !fpm.requests().isEmpty());
        assertEquals(BODY, fpm.requests().get(0).body().length);
    }

    private void askAndLeaveAt(String method, int record) throws Exception {
        fpm = new FakeFpm((request, wire) -> wire.stdout("Content-Type: text/plain\r\n\r\nok").end(0), type -> {
            if (type == record) {
                reached.countDown();
                goOn.await();
            }
        });
        server = PhpServer.serving(root).target(fpm.target()).port(0).set("accessLog", root.resolve("access.log").toString()).build();
        server.start();
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.getOutputStream().write(request(method));
            reached.await();
            client.getOutputStream().write(frame(3, 0, 1, ByteBuffer.allocate(4).putInt(8).array()));
            Until.true_("over for the container", () -> Files.readString(root.resolve("access.log")).contains(method + " /x.php"));
        }
        assertTrue(fpm.requests().isEmpty());
    }

    /** RFC 9113: the preface, SETTINGS, HEADERS, and the body in DATA frames. */
    private static byte[] request(String method) throws IOException {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        for (Map.Entry<String, String> field : Map.of(":method", method, ":scheme", "http", ":path", "/x.php", ":authority", "localhost")
                .entrySet()) {
            fields.write(0);
            for (String text : List.of(field.getKey(), field.getValue())) {
                fields.write(text.length());
                fields.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(frame(4, 0, 0, new byte[0]));
        all.writeBytes(frame(1, 4, 1, fields.toByteArray()));
        for (int sent = 0; sent < BODY; sent += 16_000) {
            all.writeBytes(frame(0, sent + 16_000 == BODY ? 1 : 0, 1, new byte[16_000]));
        }
        return all.toByteArray();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length).putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload)
                .array();
    }
}
