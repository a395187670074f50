package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jettyphp.peers.Decoded;
import org.jettyphp.peers.RawHttp2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PHP flushes is there at once, compressed or not. */
class CompressedStreamTest extends BehindFakeFpm {

    private static final int ROUNDS = 21;

    private final BlockingQueue<Integer> asked = new LinkedBlockingQueue<>();
    private volatile long sentAt;

    private static String line(int round, int size) {
        return round + " " + Long.toString(round * 7_919_999L, 36).repeat(size) + "\n";
    }

    /** PHP sends a line and goes on when its client has read that one. */
    private int serve(String head, int size) throws Exception {
        return serve((request, wire) -> {
            wire.stdout(head + "\r\n");
            for (int round = 0; round < ROUNDS; round++) {
                sentAt = System.nanoTime();
                wire.stdout(line(round, size));
                if (asked.poll(20, TimeUnit.SECONDS) == null) {
                    throw new IOException("round " + round + " has not arrived");
                }
            }
            wire.end(0);
        }, "compression", "br zstd gzip", "responseTimeout", "30s");
    }

    @ParameterizedTest
    @CsvSource({"gzip, 1, ''", "gzip, 9000, ''", "br, 1, ''", "br, 9000, ''", "zstd, 1, ''", "zstd, 9000, ''", "gzip, 1, no", "br, 1, no"})
    void whatIsFlushedIsThereWithin20MillisecondsOverHttp11(String coding, int size, String buffering) throws Exception {
        int port = serve("Content-Type: text/html\r\nX-Accel-Buffering: " + buffering + "\r\n", size);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/x.php")).header("Accept-Encoding", coding).build();
        HttpResponse<InputStream> response = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(request,
                HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(coding, response.headers().firstValue("Content-Encoding").orElseThrow());
        readRoundByRound(coding, response.body(), size);
    }

    @ParameterizedTest
    @CsvSource({"gzip, 1", "gzip, 9000", "br, 1", "br, 9000", "zstd, 1", "zstd, 9000"})
    void whatIsFlushedIsThereWithin20MillisecondsOverHttp2(String coding, int size) throws Exception {
        int port = serve("Content-Type: text/html\r\n", size);
        try (RawHttp2 http = new RawHttp2(port)) {
            http.request(1,
                    List.of(":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", "/x.php", "accept-encoding", coding),
                    new byte[0]);
            readRoundByRound(coding, new java.io.SequenceInputStream(new Frames(http)), size);
        }
    }

    private void readRoundByRound(String coding, InputStream body, int size) throws IOException {
        List<Long> micros = new ArrayList<>();
        InputStream decoded = null;
        for (int round = 0; round < ROUNDS; round++) {
            decoded = decoded == null ? Decoded.stream(coding, body) : decoded;
            byte[] expected = line(round, size).getBytes(StandardCharsets.ISO_8859_1);
            byte[] read = new byte[expected.length];
            for (int at = 0; at < read.length;) {
                int more = decoded.read(read, at, read.length - at);
                assertTrue(more >= 0, "it ends in round " + round);
                at += more;
            }
            micros.add((System.nanoTime() - sentAt) / 1000);
            assertEquals(new String(expected, StandardCharsets.ISO_8859_1), new String(read, StandardCharsets.ISO_8859_1));
            asked.add(round);
        }
        assertEquals(-1, decoded.read());
        Collections.sort(micros);
        assertTrue(micros.get(ROUNDS / 2) < 20_000, micros + " us");
    }

    /** The body of stream 1, frame by frame. */
    private static final class Frames implements Enumeration<InputStream> {

        private final RawHttp2 http;
        private boolean ended;

        Frames(RawHttp2 http) {
            this.http = http;
        }

        @Override
        public boolean hasMoreElements() {
            return !ended;
        }

        @Override
        public InputStream nextElement() {
            try {
                RawHttp2.Frame frame = http.next();
                ended = frame.stream() == 1 && (frame.endsStream() || frame.type() == RawHttp2.RST_STREAM);
                return new ByteArrayInputStream(frame.type() == RawHttp2.DATA ? frame.payload() : new byte[0]);
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        }
    }
}
