package org.jettyphp.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jettyphp.peers.RawHttp2;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has another form in HTTP/2. */
class Http2Test extends BehindFakeFpm {

    @Test
    void theHostIsTheAuthority() throws Exception {
        int port = serve((request, wire) -> wire
                .stdout(HEAD + request.params().get("HTTP_HOST") + " " + request.params().get("SERVER_PROTOCOL")).end(0));
        try (RawHttp2 http = new RawHttp2(port)) {
            RawHttp2.Ending ending = http.get("/x.php").read();
            assertEquals("authority.example:8080 HTTP/2.0", ending.body());
            assertTrue(ending.clean());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "POST", "DELETE"})
    void aBodyNeedsNoLengthAndNoTypeWithAnyMethod(String method) throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + "ok").end(0));
        try (RawHttp2 http = new RawHttp2(port)) {
            http.open(method, "/x.php").data("hel".getBytes(US_ASCII), false).data("lo".getBytes(US_ASCII), true);
            assertTrue(http.read().clean());
        }
        assertEquals("hello", new String(fpm.requests().get(0).body(), US_ASCII));
        assertEquals("5", fpm.requests().get(0).params().get("CONTENT_LENGTH"));
    }

    @ParameterizedTest
    @CsvSource(value = {"GET, -", "POST, 0"}, nullValues = "-")
    void whereNoBodyCameTheLengthIsWhatTheMethodUsuallyHas(String method, String length) throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + "ok").end(0));
        try (RawHttp2 http = new RawHttp2(port)) {
            assertTrue(http.open(method, "/x.php").data(new byte[0], true).read().clean());
        }
        assertEquals(length, fpm.requests().get(0).params().get("CONTENT_LENGTH"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60_000, 1_000_000})
    void aBrokenAnswerIsAResetStreamAndNoCleanEnd(int size) throws Exception {
        int port = serve((request, wire) -> {
            wire.stdout("Content-Type: text/event-stream\r\n\r\n");
            for (int sent = 0; sent < size; sent += 10_000) {
                wire.stdout("x".repeat(Math.min(size, 10_000)));
            }
            wire.close();
        });
        try (RawHttp2 http = new RawHttp2(port)) {
            RawHttp2.Ending ending = http.get("/x.php").read();
            // A small one has not gone out yet: then it is a whole error page.
            boolean errorPage = size == 1 && ending.clean() && !ending.body().startsWith("x");
            assertTrue(ending.reset() || errorPage, ending.clean() + " " + ending.body().length());
        }
    }

    /** The one way in which the Servlet API learns that a client who waits has left. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aClientWhoLeavesTheQueueCostsPhpNothing(String method) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = serve((request, wire) -> {
            goOn.await();
            wire.stdout(HEAD + "ok").end(0);
        }, "maxConnections", "1", "responseTimeout", "30s");
        try (RawHttp2 first = new RawHttp2(port); RawHttp2 leaves = new RawHttp2(port); RawHttp2 last = new RawHttp2(port)) {
            first.get("/x.php?first");
            Until.true_("the first runs", () -> fpm.requests().size() == 1);
            leaves.open(method, "/x.php?leaves").data(new byte[method.equals("GET") ? 0 : 3], true);
            Until.true_("it waits", () -> waiting() == 1);
            leaves.cancel();
            Until.true_("it does not wait any more", () -> waiting() == 0);
            Until.true_("it was noticed", () -> log.text().contains("499 " + method + " /x.php?leaves"));
            last.get("/x.php?last");
            goOn.countDown();
            assertEquals("ok", first.read().body());
            assertEquals("ok", last.read().body());
        }
        assertFalse(fpm.requests().stream().anyMatch(request -> request.params().get("QUERY_STRING").equals("leaves")));
    }

    @Test
    void aClientWhoLeavesAPageThatRunsTakesItOffItsWorker() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        int port = serve((request, wire) -> {
            if (request.params().get("QUERY_STRING").equals("next")) {
                wire.stdout(HEAD + "next").end(0);
                return;
            }
            try {
                while (true) {
                    wire.stdout(HEAD + "on and on ");
                    closed.await(5, java.util.concurrent.TimeUnit.MILLISECONDS);
                }
            } finally {
                closed.countDown();
            }
        }, "maxConnections", "1", "responseTimeout", "30s");
        try (RawHttp2 leaves = new RawHttp2(port); RawHttp2 next = new RawHttp2(port)) {
            leaves.get("/x.php");
            Until.true_("it runs", () -> fpm.requests().size() == 1);
            leaves.cancel();
            closed.await();
            assertEquals("next", next.get("/x.php?next").read().body());
        }
    }

    /** Jetty finds the length behind the fields of the next request, which behind a reverse proxy may be another client's. */
    @ParameterizedTest
    @CsvSource({"/x.php%00, x-a", "/x.php, X-Upper"})
    void theFieldsOfAMalformedRequestAreForgotten(String path, String name) throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + "ok").end(0));
        try (RawHttp2 http = new RawHttp2(port)) {
            http.request(1, fields("POST", path, "content-length", "5", name, "b"), "hello".getBytes(US_ASCII));
            http.request(3, fields("GET", "/x.php"), new byte[0]);
            assertEquals("ok", bodyOf(3, http));
        }
    }

    @ParameterizedTest
    @CsvSource({"GET /other, -, -", "'', -, -", "G(T, -, -", "POST, keep-alive, timeout=5", "POST, transfer-encoding, chunked",
            "POST, upgrade, h2c",
            "POST, proxy-connection, close", "POST, content-length, +5", "POST, content-length, -5"})
    void whatIsNoMessageNeverReachesPhp(String method, String name, String value) throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + "ran").end(0));
        try (RawHttp2 http = new RawHttp2(port)) {
            String more = name.equals("-") ? "x-a" : name;
            http.request(1, fields(method, "/x.php", more, value), "hello".getBytes(US_ASCII));
            assertFalse(bodyOf(1, http).contains("ran"));
        }
        assertTrue(fpm.requests().isEmpty());
    }

    private static List<String> fields(String method, String path, String... more) {
        List<String> fields = new ArrayList<>(List.of(":method", method, ":scheme", "http", ":authority", "localhost", ":path", path));
        fields.addAll(List.of(more));
        return fields;
    }

    private static String bodyOf(int stream, RawHttp2 http) throws Exception {
        StringBuilder body = new StringBuilder();
        while (true) {
            RawHttp2.Frame frame = http.next();
            if (frame.stream() == stream && frame.type() == RawHttp2.DATA) {
                body.append(new String(frame.payload(), US_ASCII));
            }
            if (frame.stream() == stream && (frame.endsStream() || frame.type() == RawHttp2.RST_STREAM)) {
                return body.toString();
            }
        }
    }
}
