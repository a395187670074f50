package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Locale;
import org.jettyphp.config.SettingsException;
import org.jettyphp.launch.LimitSettings;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one client may ask of the server over HTTP/1.1; over HTTP/2: {@link Http2LimitsTest}. */
class LimitsTest extends BehindFakeFpm {

    private int serve(String... settings) throws Exception {
        return serve((request, wire) -> wire.stdout(HEAD + request.body().length).end(0), settings);
    }

    private static Reply ask(int port, String request) throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            return http.write(request).read();
        }
    }

    private static String uri(int length) {
        return "/x.php?" + "q".repeat(length - 7);
    }

    @ParameterizedTest
    @CsvSource({"8192, 200", "8193, 414", "81920, 414", "1000000, 414"})
    void aUriHasALargestLength(int length, int status) throws Exception {
        assertEquals(status, ask(serve(), "GET " + uri(length) + " HTTP/1.1\r\nHost: x\r\n\r\n").status());
        assertEquals(status == 200 ? 1 : 0, fpm.requests().size());
        assertFalse(log.text().contains("qqqq"), "not all of it in the log");
    }

    @Test
    void ofAnAbsoluteUriPathAndQueryCount() throws Exception {
        assertEquals(200,
                ask(serve("maxUri", "10"), "GET http://a.long.name.example/x.php?abc HTTP/1.1\r\nHost: a.long.name.example\r\n\r\n")
                        .status());
    }

    @ParameterizedTest
    @CsvSource({"81920, 200", "81921, 431", "1000000, 431"})
    void aHeadHasALargestSize(int size, int status) throws Exception {
        // No variable of PHP's is larger than 65,535 bytes.
        String begin = "GET /x.php HTTP/1.1\r\nHost: x\r\nX-B: " + "b".repeat(40_000) + "\r\nX-A: ";
        String request = begin + "a".repeat(size - begin.length() - 4) + "\r\n\r\n";
        assertEquals(size, request.length());
        assertEquals(status, ask(serve(), request).status());
        assertEquals(status == 431, log.text().contains("431: the head of a request was larger than the limit, maxRequestHead=81920; "
                + "the last one from 127.0.0.1"), log.text());
    }

    @ParameterizedTest
    @CsvSource({"100, 200", "101, 431"})
    void aRequestHasAMostOfFields(int fields, int status) throws Exception {
        Reply reply = ask(serve(), "GET /x.php HTTP/1.1\r\nHost: x\r\n" + "X-A: b\r\n".repeat(fields - 1) + "\r\n");
        assertEquals(status, reply.status());
    }

    @Test
    void theCookiesOfARequestAreOneField() throws Exception {
        assertEquals(200, ask(serve("maxRequestFields", "2"), "GET /x.php HTTP/1.1\r\nHost: x\r\n" + "Cookie: a=b\r\n".repeat(99) + "\r\n")
                .status());
    }

    @Test
    void theLastRequestOfAConnectionIsToldSo() throws Exception {
        try (RawHttp http = new RawHttp(serve("maxRequestsPerConnection", "3"))) {
            for (int i = 1; i < 3; i++) {
                assertNull(http.send("GET", "/x.php", "").read().header("Connection"));
            }
            Reply last = http.send("GET", "/x.php", "").read();
            assertEquals(200, last.status());
            assertEquals("close", last.header("Connection").toLowerCase(Locale.ROOT));
            assertNull(http.line(), "closed");
        }
    }

    /** Slowloris: each byte keeps the connection from being idle, and the head never ends. */
    @Test
    void aHeadThatTakesTooLongIs408HoweverOftenAByteComes() throws Exception {
        int port = serve("headTimeout", "500ms");
        try (RawHttp slow = new RawHttp(port)) {
            slow.write("GET /x.php HTTP/1.1\r\nHost: x\r\n");
            Thread drips = drip(slow, "X-A: b\r\n");
            Reply reply = slow.read();
            assertEquals(408, reply.status());
            assertNull(slow.line(), "closed");
            drips.join();
        }
        assertTrue(fpm.requests().isEmpty());
        assertTrue(
                log.text().contains("1 connection was ended: the head of a request was not complete after 500 ms, the limit (headTimeout);"
                        + " the last one from /127.0.0.1:"),
                log.text());
    }

    @Test
    void theSameOnAConnectionThatHasBroughtRequests() throws Exception {
        int port = serve("headTimeout", "500ms");
        try (RawHttp slow = new RawHttp(port)) {
            assertEquals(200, slow.send("GET", "/x.php", "").read().status());
            Thread drips = drip(slow, "\r\n");
            assertEquals(408, slow.read().status());
            drips.join();
        }
    }

    /** Until the server has closed the connection. */
    private static Thread drip(RawHttp slow, String bytes) {
        Thread drips = new Thread(() -> {
            try {
                Until.true_("the connection is closed", () -> {
                    slow.write(bytes);
                    return false;
                });
            } catch (java.io.IOException closed) {
                // As it should be.
            } catch (Exception unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        drips.start();
        return drips;
    }

    @Test
    void aBodyMayTakeLongerThanAHead() throws Exception {
        try (RawHttp slow = new RawHttp(serve("headTimeout", "200ms"))) {
            slow.write("POST /x.php HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
            long until = System.nanoTime() + 500_000_000L;
            int sent = 0;
            for (; System.nanoTime() < until; sent++) {
                slow.write("x");
                java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
            }
            assertEquals("1000", slow.write("x".repeat(1000 - sent)).read().body());
        }
    }

    @Test
    void anIdleConnectionIsNoSlowHead() throws Exception {
        int port = serve("headTimeout", "50ms");
        try (RawHttp idle = new RawHttp(port); RawHttp slow = new RawHttp(port)) {
            assertEquals(200, idle.send("GET", "/x.php", "").read().status());
            assertEquals(408, slow.write("GET /").read().status(), "so long it takes");
            assertEquals(200, idle.send("GET", "/x.php", "").read().status());
        }
    }

    /** No text of a duration is negative. */
    @Test
    void whoMakesTheRecordIsCheckedToo() {
        assertThrows(IllegalArgumentException.class, () -> new LimitSettings(1, 1024, 0, Duration.ofMillis(-1), 0, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({"maxUri, 0", "maxRequestHead, 100", "maxRequestHead, 1g", "maxRequestFields, -1", "maxRequestsPerConnection, -1",
            "http2Streams, 0", "http2ControlFrames, -1"})
    void whatIsNoLimitIsRefusedAtTheStart(String name, String value) {
        String message = assertThrows(SettingsException.class, () -> serve(name, value)).getMessage();
        assertTrue(message.contains(name + " is"), message);
    }
}
