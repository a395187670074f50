package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;

/** {@code requestBuffering=off}: a body of known length goes to PHP while it comes. */
class StreamedUploadTest extends BehindRealFpm {

    /** What PHP reads at once of php://input. */
    private static final int PHP_BLOCK = 16 * 1024;

    /** With PUT, since PHP reads the body of a POST before it starts the script. */
    private String head(String path, int length) {
        return "PUT " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
    }

    @Test
    void phpReadsTheBeginningBeforeTheEndHasBeenSent() throws Exception {
        int port = serve("requestBuffering", "off");
        try (RawHttp client = new RawHttp(port)) {
            client.write(head("/first-line.php?seen=" + state("seen"), 6 + PHP_BLOCK + 5)).write("first\n" + "x".repeat(PHP_BLOCK));
            Until.true_("PHP has read the first line", () -> size(state("seen")) == 6);
            assertEquals("x".repeat(PHP_BLOCK) + "rest\n", client.write("rest\n").read().body());
        }
    }

    @Test
    void itArrivesWholeWhateverItsSizeAndSpeed() throws Exception {
        int port = serve("requestBuffering", "off", "requestBuffer", "16k");
        for (int size : new int[] {1, 16_383, 16_384, 16_385, 65_536, 3_000_001}) {
            byte[] body = new byte[size];
            new Random(size).nextBytes(body);
            String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
            try (RawHttp client = new RawHttp(port)) {
                client.write(head("/body.php", size));
                for (int at = 0; at < size; at += 100_000) {
                    client.write(java.util.Arrays.copyOfRange(body, at, Math.min(size, at + 100_000)));
                }
                assertEquals(size + " " + sum + " " + size, client.read().body());
            }
        }
    }

    @Test
    void aScriptThatReadsNothingAnswersAllTheSame() throws Exception {
        int port = serve("requestBuffering", "off");
        try (RawHttp client = new RawHttp(port)) {
            client.write(head("/hello.php", 300_000).getBytes(StandardCharsets.US_ASCII)).write(new byte[300_000]);
            assertEquals("Hello, World!", client.read().body());
        }
        assertEquals("Hello, World!", RawHttp.get(port, "/hello.php").body());
    }

    @Test
    void aClientWhoStopsGets408AndTheWorkerIsFree() throws Exception {
        int port = serve("requestBuffering", "off", "bodyTimeout", "300ms");
        try (RawHttp client = new RawHttp(port)) {
            client.write(head("/body.php", 100_000)).write("x".repeat(50_000));
            Reply reply = client.read();
            assertEquals(408, reply.status());
        }
        assertTrue(log.text().contains("bodyTimeout=300ms"), log.text());
        assertEquals("Hello, World!", RawHttp.get(port, "/hello.php").body());
    }

    @Test
    void aClientWhoLeavesFreesTheWorker() throws Exception {
        int port = serve("requestBuffering", "off");
        try (RawHttp client = new RawHttp(port)) {
            client.write(head("/first-line.php?seen=" + state("seen"), 100_000)).write("first\n" + "x".repeat(PHP_BLOCK));
            Until.true_("the worker has it", () -> size(state("seen")) == 6);
        }
        assertEquals("Hello, World!", RawHttp.get(port, "/hello.php").body());
    }

    @Test
    void chunkedBodiesAreTakenWholeAllTheSame() throws Exception {
        int port = serve("requestBuffering", "off");
        try (RawHttp client = new RawHttp(port)) {
            client.write("POST /body.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            assertTrue(client.read().body().startsWith("5 "));
        }
    }
}
