package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are legal and unusual, most of which end or stall somewhere else. */
class OddAnswersTest extends BehindFakeFpm {

    private static final String ANSWER = "X-A: 1\r\n" + HEAD + "hello";

    @Test
    void anAnswerSplitInTwoRecordsAtAnyByteArrivesWhole() throws Exception {
        int port = serve((request, wire) -> {
            int at = Integer.parseInt(request.params().get("QUERY_STRING"));
            wire.stdout(ANSWER.substring(0, at)).stdout(ANSWER.substring(at)).end(0);
        });
        for (int at = 0; at <= ANSWER.length(); at++) {
            assertWhole(RawHttp.get(port, "/x.php?" + at), "split at " + at);
        }
    }

    @Test
    void theErrorStreamMaySpeakAnywhere() throws Exception {
        int port = serve((request, wire) -> {
            int at = Integer.parseInt(request.params().get("QUERY_STRING"));
            wire.stdout(ANSWER.substring(0, at)).stderr("said at " + at + "\n").stdout(ANSWER.substring(at)).end(0);
        });
        for (int at = 0; at <= ANSWER.length(); at++) {
            assertWhole(RawHttp.get(port, "/x.php?" + at), "error at " + at);
            assertTrue(log.text().contains("said at " + at), "logged at " + at);
        }
    }

    @Test
    void everyPaddingFrom0To255IsSkippedInEveryRecord() throws Exception {
        int port = serve((request, wire) -> {
            wire.padding(Integer.parseInt(request.params().get("QUERY_STRING")));
            wire.stdout(ANSWER.substring(0, 9)).stderr("e").stdout(ANSWER.substring(9)).stdout("").end(0);
        }, "keepAlive", "1", "maxConnections", "1");
        try (RawHttp http = new RawHttp(port)) {
            for (int padding = 0; padding < 256; padding++) {
                assertWhole(http.send("GET", "/x.php?" + padding, "").read(), "padding " + padding);
            }
        }
        assertEquals(1, fpm.connections(), "padding behind the end belongs to the end");
    }

    private static void assertWhole(Reply reply, String when) {
        assertEquals("hello", reply.body(), when);
        assertEquals("1", reply.header("X-A"), when);
        assertTrue(reply.complete(), when);
    }

    /** After padding at the end of a read the stock proxy never reads the socket again. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 255})
    void whatIsFlushedBehindPaddingArrivesAtOnce(int padding) throws Exception {
        CountDownLatch read = new CountDownLatch(3);
        int port = serve((request, wire) -> {
            wire.padding(padding).stdout("Content-Type: text/event-stream\r\n\r\n");
            for (long left = 3; left > 0; left--) {
                wire.stdout("data: " + left + "\n");
                long next = left - 1;
                while (read.getCount() > next) {
                    read.await(1, TimeUnit.MILLISECONDS);
                }
            }
            wire.end(0);
        }, "responseTimeout", "20s");
        try (RawHttp http = new RawHttp(port)) {
            http.send("GET", "/x.php", "").readHead();
            for (int left = 3; left > 0; left--) {
                String line = http.line();
                while (!line.startsWith("data:")) {
                    line = http.line();
                }
                assertEquals("data: " + left, line);
                read.countDown();
            }
        }
    }

    @Test
    void theHeadAloneMayBeFlushed() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        int port = serve((request, wire) -> {
            wire.stdout(HEAD);
            read.await();
            wire.stdout("late").end(0);
        }, "responseTimeout", "20s");
        try (RawHttp http = new RawHttp(port)) {
            assertEquals("HTTP/1.1 200 OK", http.send("GET", "/x.php", "").readHead().get(0));
            read.countDown();
        }
    }

    /** The stock proxy spins a thread for ever on each of these. */
    @ParameterizedTest
    @CsvSource({"GET, 204, 10", "GET, 204, 1000000", "GET, 304, 10", "GET, 304, 1000000", "HEAD, 200, 10", "HEAD, 200, 1000000",
            "HEAD, 404, 10"})
    void aBodyWhereThereIsNoneIsDroppedAndTheConnectionGoesOn(String method, int status, int size) throws Exception {
        int port = serve((request, wire) -> {
            if (request.params().get("QUERY_STRING").equals("next")) {
                wire.stdout(HEAD + "next").end(0);
                return;
            }
            wire.stdout("Status: " + status + " Odd\r\n" + HEAD);
            for (int sent = 0; sent < size; sent += 10) {
                wire.stdout("0123456789");
            }
            wire.end(0);
        });
        try (RawHttp http = new RawHttp(port)) {
            assertEquals(status, http.send(method, "/x.php", "").read(true).status());
            assertEquals("next", http.send("GET", "/x.php?next", "").read().body());
        }
        assertEquals(method.equals("GET"), log.text().contains("with status " + status + ", which has none; it was dropped"), log.text());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100_000, 3_000_000})
    void whatExceedsTheContentLengthIsCutHoweverMuchItIs(int size) throws Exception {
        int port = serve((request, wire) -> {
            wire.stdout("Content-Length: 7\r\n" + HEAD);
            for (int sent = 0; sent < size; sent += 10) {
                wire.stdout("0123456789");
            }
            wire.end(0);
        });
        try (RawHttp http = new RawHttp(port)) {
            for (int i = 0; i < 2; i++) {
                Reply reply = http.send("GET", "/x.php", "").read();
                assertEquals("0123456", reply.body());
                assertEquals(List.of("7"), reply.all("Content-Length"));
            }
        }
        assertTrue(log.text().contains("PHP sent " + (size - 7) + " bytes more than its Content-Length of 7; they were cut"), log.text());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 100_000})
    void whatFallsShortOfTheContentLengthLooksAborted(int size) throws Exception {
        Reply reply = ask((request, wire) -> wire.stdout("Content-Length: 200000\r\n" + HEAD).stdout("x".repeat(size / 2))
                .stdout("x".repeat(size / 2)).end(0));
        assertFalse(reply.status() == 200 && reply.complete(), reply.status() + " " + reply.body().length());
        assertTrue(log.text().contains("PHP announced Content-Length 200000 and sent " + size / 2 * 2 + " bytes"), log.text());
    }

    @Test
    void hopByHopHeadersOfPhpAreNotPassedOn() throws Exception {
        Reply reply =
                ask((request, wire) -> wire.stdout("Transfer-Encoding: chunked\r\nConnection: X-Own, close\r\nX-Own: 1\r\nUpgrade: h2c\r\n"
                        + HEAD + "5\r\nhello\r\n0\r\n\r\n").end(0));
        assertEquals("5\r\nhello\r\n0\r\n\r\n", reply.body());
        assertNull(reply.header("X-Own"));
        assertNull(reply.header("Upgrade"));
    }

    /** Which FastCGI cannot carry in one record. */
    @Test
    void aVariableThatFitsNoRecordIsRefusedBeforePhpIsAsked() throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + "ok").end(0), "param.LONG", "v".repeat(66_000));
        assertEquals(400, RawHttp.get(port, "/x.php").status());
        assertTrue(log.text().contains("longer than the 65535 a FastCGI record can carry"), log.text());
        assertEquals(0, fpm.connections());
    }

    /** An ini value stays in the worker that got it, so that a request without it would run with the value of another one's. */
    @Test
    void everyRequestCarriesEveryIniValue() throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + "ok").end(0), "ini.precision", "7", "ini.memory_limit", "9M",
                "adminIni.display_errors", "0");
        for (int i = 0; i < 3; i++) {
            RawHttp.get(port, "/x.php", "PHP_VALUE: precision=1", "PHP-VALUE: precision=2", "PHP_ADMIN_VALUE: x=1");
            var params = fpm.requests().get(i).params();
            assertEquals(List.of("memory_limit=9M", "precision=7"), params.get("PHP_VALUE").lines().sorted().toList());
            assertEquals("display_errors=0", params.get("PHP_ADMIN_VALUE").strip());
            assertEquals("precision=2", params.get("HTTP_PHP_VALUE"), "a header is a header");
        }
    }
}
