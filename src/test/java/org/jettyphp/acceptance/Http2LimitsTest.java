package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.jettyphp.peers.RawHttp2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one client may ask of the server over HTTP/2. The frames are written as RFC 9113 has them. */
class Http2LimitsTest extends BehindFakeFpm {

    private static final int HEADERS = 1;
    private static final int PRIORITY = 2;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final byte[] CANCEL = {0, 0, 0, 8};
    private static final String TOO_FAST = "11 ";

    private RawHttp2 connect(String... settings) throws Exception {
        return new RawHttp2(serve((request, wire) -> wire.stdout(HEAD + "ok").end(0), settings));
    }

    private static String answer(RawHttp2 http, byte[] block) throws Exception {
        return http.frame(HEADERS, END_STREAM | END_HEADERS, 1, block).read().body();
    }

    @ParameterizedTest
    @CsvSource({"8192, ok", "8193, 414"})
    void aUriHasALargestLength(int length, String said) throws Exception {
        try (RawHttp2 http = connect()) {
            assertTrue(answer(http, RawHttp2.block("GET", "/x.php?" + "q".repeat(length - 7))).contains(said));
        }
    }

    @ParameterizedTest
    @CsvSource({"99, ok", "101, 431"})
    void aRequestHasAMostOfFields(int fields, String said) throws Exception {
        String[] all = new String[2 * fields];
        Arrays.fill(all, "x-a");
        try (RawHttp2 http = connect()) {
            String body = answer(http, RawHttp2.block("GET", "/x.php", all));
            assertTrue(body.contains(said), body);
        }
    }

    /** RFC 9113, section 6.5.2: a field counts 32 bytes more. Beside it there is the path, of 6. */
    @ParameterizedTest
    @CsvSource({"8151, ok", "8152, 431"})
    void aHeadHasALargestSize(int length, String said) throws Exception {
        try (RawHttp2 http = connect("maxRequestHead", "8k")) {
            String body = answer(http, RawHttp2.block("GET", "/x.php", "x-a", "a".repeat(length)));
            assertTrue(body.contains(said), body);
        }
    }

    /** A browser with too many cookies would get no answer at all if the connection were ended. */
    @Test
    void aHeadThatIsTooLargeIsAnsweredAndTheConnectionGoesOn() throws Exception {
        try (RawHttp2 http = connect("maxRequestHead", "8k")) {
            String body = answer(http, RawHttp2.block("GET", "/x.php", "x-a", "a".repeat(9_000)));
            assertTrue(body.contains("431"), body);
            http.frame(HEADERS, END_STREAM | END_HEADERS, 3, RawHttp2.block("GET", "/x.php"));
            assertEquals("ok", http.read().body());
        }
    }

    @Test
    void oneOfMoreThanTwiceTheSizeEndsTheConnection() throws Exception {
        try (RawHttp2 http = connect("maxRequestHead", "4k")) {
            http.frame(HEADERS, END_STREAM | END_HEADERS, 1, RawHttp2.block("GET", "/x.php", "x-a", "a".repeat(10_000)));
            assertTrue(http.ends());
        }
        assertTrue(fpm.requests().isEmpty());
    }

    /** CVE-2024-27316 and its kin: a block that never ends must not be kept. */
    @Test
    void aBlockThatNeverEndsEndsTheConnection() throws Exception {
        try (RawHttp2 http = connect("http2ControlFrames", "0", "maxRequestHead", "16k")) {
            http.frame(HEADERS, 0, 1, RawHttp2.block("GET", "/x.php"));
            for (int i = 0; i < 40; i++) {
                http.frame(CONTINUATION, 0, 1, new byte[1000]);
            }
            assertTrue(http.ends());
        } catch (IOException ended) {
            // While it was still being written.
        }
    }

    @Test
    void emptyContinuationsEndTheConnection() throws Exception {
        assertEquals(TOO_FAST + "invalid_continuation_frame_rate", goAwayAfter(http -> {
            http.frame(HEADERS, 0, 1, RawHttp2.block("GET", "/x.php"));
            for (int i = 0; i < 140; i++) {
                http.frame(CONTINUATION, 0, 1, new byte[0]);
            }
        }));
    }

    private interface Flood {
        void send(RawHttp2 http) throws IOException;
    }

    /** What has not been read by the end makes a reset of it, which may overtake what was said: then once more. */
    private String goAwayAfter(Flood flood, String... settings) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "maxConnections";
        all[settings.length + 1] = "1";
        int port = serve((request, wire) -> goOn.await(), all);
        String said = "";
        for (int tries = 0; said.isEmpty() && tries < 10; tries++) {
            try (RawHttp2 http = new RawHttp2(port)) {
                flood.send(http);
                said = http.goAway();
                assertTrue(http.ends());
            } catch (IOException reset) {
                assertTrue(said.isEmpty(), reset.toString());
            }
        }
        goOn.countDown();
        return said;
    }

    /** CVE-2023-44487, rapid reset: a request and its reset, again and again. */
    @Test
    void resetsInRapidSuccessionEndTheConnection() throws Exception {
        assertEquals(TOO_FAST + "invalid_rst_stream_frame_rate", goAwayAfter(http -> {
            for (int i = 0; i < 140; i++) {
                http.frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, RawHttp2.block("GET", "/x.php"));
                http.frame(RST_STREAM, 0, 2 * i + 1, CANCEL);
            }
        }));
    }

    @Test
    void howManyAreTooManyIsASetting() throws Exception {
        try (RawHttp2 http = connect("http2ControlFrames", "1000", "http2Streams", "1000")) {
            for (int i = 0; i < 200; i++) {
                http.frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, RawHttp2.block("GET", "/none.txt"));
                http.frame(RST_STREAM, 0, 2 * i + 1, CANCEL);
            }
            http.frame(HEADERS, END_STREAM | END_HEADERS, 401, RawHttp2.block("GET", "/x.php"));
            assertTrue(http.readOf(401).clean());
        }
    }

    @ParameterizedTest
    @CsvSource({"6, 8, invalid_ping_frame_rate", "4, 0, invalid_settings_frame_rate", "2, 5, invalid_priority_frame_rate"})
    void soDoOtherFramesThatCostAClientNothing(int type, int size, String reason) throws Exception {
        assertEquals(TOO_FAST + reason, goAwayAfter(http -> {
            for (int i = 0; i < 140; i++) {
                http.frame(type, 0, type == PRIORITY ? 1 : 0, new byte[size]);
            }
        }));
    }

    /** RFC 7541, section 6.3: a new size of the table of fields, far beyond the 4,096 bytes that were announced by silence. */
    @Test
    void theTableOfDecodedFieldsCannotBeEnlarged() throws Exception {
        try (RawHttp2 http = connect()) {
            http.frame(HEADERS, END_STREAM | END_HEADERS, 1, new byte[] {0x3F, (byte) 0xE1, (byte) 0xFF, 0x7F, (byte) 0x82});
            assertEquals("9 invalid_hpack_block", http.goAway());
        }
    }

    @Test
    void onlySoManySettingsAreTaken() throws Exception {
        Flood flood = http -> {
            for (int i = 0; i < 70; i++) {
                http.frame(SETTINGS, 0, 0, new byte[] {0x7F, 0x7F, 0, 0, 0, 1});
            }
        };
        assertEquals(TOO_FAST + "invalid_settings_frame", goAwayAfter(flood, "http2ControlFrames", "0"));
    }

    @Test
    void moreStreamsThanAllowedAreRefusedOneByOne() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = serve((request, wire) -> {
            goOn.await();
            wire.stdout(HEAD + "ok").end(0);
        }, "http2Streams", "2", "responseTimeout", "30s");
        try (RawHttp2 http = new RawHttp2(port)) {
            for (int stream = 1; stream <= 5; stream += 2) {
                http.frame(HEADERS, END_STREAM | END_HEADERS, stream, RawHttp2.block("GET", "/x.php"));
            }
            assertTrue(http.readOf(5).reset());
            goOn.countDown();
            assertEquals("ok", http.read().body());
        }
    }

    @Test
    void afterItsLastRequestAConnectionIsEnded() throws Exception {
        try (RawHttp2 http = connect("maxRequestsPerConnection", "2")) {
            assertEquals("ok", http.get("/x.php").read().body());
            http.frame(HEADERS, END_STREAM | END_HEADERS, 3, RawHttp2.block("GET", "/x.php"));
            assertEquals("ok", http.readOf(3).body());
            assertEquals("0 close", http.goAway());
        }
    }

    /** Slowloris over HTTP/2: a frame that never ends. */
    @Test
    void aHeadThatTakesTooLongEndsTheConnection() throws Exception {
        try (RawHttp2 http = connect("headTimeout", "300ms")) {
            http.half(HEADERS, END_STREAM | END_HEADERS, 1, RawHttp2.block("GET", "/x.php"));
            assertEquals("0 head_timeout", http.goAway());
            assertTrue(http.ends());
        }
        assertTrue(fpm.requests().isEmpty());
        assertTrue(log.text().contains("not complete after 300 ms, the limit (headTimeout)"), log.text());
    }
}
