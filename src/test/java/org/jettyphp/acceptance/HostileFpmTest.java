package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.jettyphp.servlet.UnderWay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A FastCGI server that sends what it should not, or as it should not: the client gets the right answer, or a failure that looks like one. */
class HostileFpmTest extends BehindFakeFpm {

    @Test
    void anAnswerCutIntoSingleBytesArrivesWhole() throws Exception {
        Reply reply = ask((request, wire) -> wire.pieces(1).stderr("warning\n").stdout("X-A: 1\r\n" + HEAD + "hel").stdout("lo")
                .stderr("more\n").end(0));
        assertEquals("hello", reply.body());
        assertEquals("1", reply.header("X-A"));
        assertTrue(log.text().contains("warning") && log.text().contains("more"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 127, 255})
    void paddingOfAnyLengthIsSkipped(int padding) throws Exception {
        Reply reply = ask((request, wire) -> wire.padding(padding).stdout(HEAD).stdout("body").stderr("x").stdout(" and more").end(0));
        assertEquals("body and more", reply.body());
    }

    @Test
    void theHeadMayComeInManyRecords() throws Exception {
        Reply reply = ask((request, wire) -> {
            for (char c : ("Status: 201 Made\r\nX-B: 2\r\n" + HEAD + "done").toCharArray()) {
                wire.stdout(String.valueOf(c));
            }
            wire.end(0);
        });
        assertEquals(201, reply.status());
        assertEquals("2", reply.header("X-B"));
        assertEquals("done", reply.body());
    }

    @Test
    void whatIsNoHeaderIsSkippedAndLogged() throws Exception {
        Reply reply = ask((request, wire) -> wire
                .stdout("no colon here\r\nX-C: 3\r\n: empty name\r\nX-D: a\rInjected: yes\r\n" + HEAD + "ok").end(0));
        assertEquals("ok", reply.body());
        assertEquals("3", reply.header("X-C"));
        assertNull(reply.header("Injected"));
        assertTrue(log.text().contains("no colon"));
    }

    @Test
    void aBareLineFeedSmugglesNoHeader() throws Exception {
        Reply reply = ask((request, wire) -> wire.stdout("X-A: b\r\nX-Bad: c\nX-Evil: d\r\nX-E: f\r\n" + HEAD + "ok").end(0));
        assertEquals("ok", reply.body());
        assertNull(reply.header("X-Evil"));
        assertNull(reply.header("X-Bad"));
        assertEquals("f", reply.header("X-E"));
        assertTrue(log.text().contains("control character"), log.text());
    }

    @Test
    void aLargerLimitForHeadsIsTheServersToo() throws Exception {
        int port = serve((request, wire) -> {
            for (int i = 0; i < 10; i++) {
                wire.stdout("X-A: " + "a".repeat(30_000) + "\r\n");
            }
            wire.stdout(HEAD + "ok").end(0);
        }, "maxResponseHeader", "1m");
        assertEquals(10, RawHttp.get(port, "/x.php").all("X-A").size());
    }

    @Test
    void aHeadOfSeveralKilobytesDoesNotKeepAConnectionThatIsToBeClosed() throws Exception {
        int port = serve((request, wire) -> wire.stdout("X-A: " + "a".repeat(20_000) + "\r\n" + HEAD + "ok").end(0));
        try (RawHttp http = new RawHttp(port)) {
            assertEquals("ok", http.send("GET", "/x.php", "", "Connection: close").read().body());
            assertNull(http.line(), "the end of the stream");
        }
    }

    @Test
    void largeHeadsPassBothWays() throws Exception {
        String value = "v".repeat(60_000);
        int port = serve((request, wire) -> wire.stdout("X-Big: " + request.params().get("HTTP_X_BIG") + "\r\n" + HEAD + "ok").end(0));
        assertEquals(value, RawHttp.get(port, "/x.php", "X-Big: " + value).header("X-Big"));
    }

    @Test
    void contentLengthsThatContradictAreDropped() throws Exception {
        Reply reply = ask((request, wire) -> wire.stdout("Content-Length: 3\r\nContent-Length: 5\r\n" + HEAD + "hello").end(0));
        assertEquals("hello", reply.body());
        assertTrue(reply.complete());
    }

    static Stream<Arguments> unusableAnswers() {
        return Stream.of(
                bad(502, "nothing at all", (request, wire) -> wire.close()),
                bad(502, "an end without an answer", (request, wire) -> wire.end(0)),
                bad(502, "half a head", (request, wire) -> wire.stdout("Content-Type: text/pl").close()),
                bad(502, "half a head and an end", (request, wire) -> wire.stdout("Content-Type: text/pl").end(0)),
                bad(502, "garbage",
                        (request, wire) -> wire.raw("HTTP/1.1 200 OK\r\n\r\nI am no FastCGI server".getBytes(StandardCharsets.US_ASCII))),
                bad(502, "another request's record", (request, wire) -> wire.record(6, 2, HEAD.getBytes(StandardCharsets.US_ASCII))),
                bad(502, "a record with id 0", (request, wire) -> wire.record(6, 0, HEAD.getBytes(StandardCharsets.US_ASCII))),
                bad(502, "a record of unknown type", (request, wire) -> wire.record(11, 1, new byte[8])),
                bad(502, "a record of another version", (request, wire) -> wire.raw(new byte[] {2, 6, 0, 1, 0, 1, 0, 0, 'x'})),
                bad(502, "an end of the wrong length", (request, wire) -> wire.record(3, 1, new byte[4])),
                bad(503, "FCGI_OVERLOADED", (request, wire) -> wire.end(2)),
                bad(502, "FCGI_CANT_MPX_CONN", (request, wire) -> wire.end(1)),
                bad(504, "silence", (request, wire) -> wait(request)),
                bad(502, "a head without end", (request, wire) -> {
                    for (int i = 0; i < 300; i++) {
                        wire.stdout("X-Long-" + i + ": " + "x".repeat(1000) + "\r\n");
                    }
                }));
    }

    private static Arguments bad(int status, String name, FakeFpm.Script script) {
        return Arguments.of(status, name, script);
    }

    private static void wait(Object request) throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("unusableAnswers")
    void anAnswerThatCannotBeUsedIsAFailure(int status, String name, FakeFpm.Script script) throws Exception {
        Reply reply = ask(script);
        assertEquals(status, reply.status(), log.text());
        assertTrue(reply.complete());
        assertTrue(log.text().contains(status + " GET /x.php (script " + root.toRealPath() + "/x.php, request "), log.text());
        Until.true_("the slot is free again", () -> log.text().contains("GET /x.php"));
    }

    /** GET and POST in turn: nobody else gets less for it, and all slots come back. */
    @Test
    void amongFiftyClientsOnlyThatRequestFails() throws Exception {
        Trees.write(root, "once.php", "");
        Path ran = Files.createFile(root.resolve("ran"));
        List<Arguments> all = unusableAnswers().toList();
        int port = serve((request, wire) -> {
            String query = request.params().get("QUERY_STRING");
            if (query.startsWith("bad=")) {
                ((FakeFpm.Script) all.get(Integer.parseInt(query.substring(4))).get()[2]).answer(request, wire);
            } else {
                String id = query.substring(query.indexOf("&id=") + 4);
                note(id, ran);
                wire.stdout(HEAD + id).end(0);
            }
        }, "maxConnections", "4");
        Crowd crowd = new Crowd(port, ran);
        for (int i = 0; i < all.size(); i++) {
            crowd.untilAnswered(10);
            assertEquals(all.get(i).get()[0], RawHttp.post(port, "/x.php?bad=" + i, "x=1").status(), all.get(i).get()[1].toString());
        }
        crowd.untilAnswered(100);
        assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
        assertEquals(List.of(), crowd.failures());
        Until.true_("all slots are free", () -> UnderWay.requests(server.context().getServletContext()) == 0);
    }

    private static synchronized void note(String id, Path ran) throws IOException {
        Files.writeString(ran, id + "\n", StandardOpenOption.APPEND);
    }

    /** Held back as PHP asks, so that no pause of a slow machine counts. */
    @ParameterizedTest
    @CsvSource({"40000, true", "65535, true", "65536, false"})
    void aPageThatFitsGoesOutWholeOrNotAtAll(int size, boolean fits) throws Exception {
        int port = serve((request, wire) -> {
            wire.stdout("X-Accel-Buffering: yes\r\n" + HEAD + "x".repeat(size));
            if (request.params().get("QUERY_STRING").isEmpty()) {
                wire.end(0);
            }
            wire.close();
        });
        Reply whole = RawHttp.get(port, "/x.php");
        assertEquals(size, whole.body().length());
        assertEquals(fits ? String.valueOf(size) : null, whole.header("Content-Length"));
        Reply broken = RawHttp.get(port, "/x.php?broken");
        assertEquals(fits, broken.status() == 502 && broken.complete(), broken.status() + (broken.complete() ? "" : ", broken off"));
    }

    static Stream<Arguments> brokenBodies() {
        return Stream.of(
                bad(0, "the connection closes", (request, wire) -> wire.stdout(HEAD + "x".repeat(100_000)).close()),
                bad(0, "the connection closes in a record",
                        (request, wire) -> wire.stdout(HEAD + "x").raw(new byte[] {1, 6, 0, 1, 0, 100, 0, 0, 'x'}).close()),
                bad(0, "the rest is garbage",
                        (request, wire) -> wire.stdout(HEAD + "x".repeat(100_000))
                                .raw("garbage garbage".getBytes(StandardCharsets.US_ASCII))),
                bad(0, "another protocol status", (request, wire) -> wire.stdout(HEAD + "x".repeat(100_000)).end(2)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("brokenBodies")
    void aBodyThatBreaksOffLooksAborted(int none, String name, FakeFpm.Script script) throws Exception {
        Reply reply = ask(script);
        assertFalse(reply.status() == 200 && reply.complete(), reply.status() + " complete with " + reply.body().length() + " bytes");
    }

    @Test
    void aFloodOnTheErrorStreamFillsNeitherHeapNorLog() throws Exception {
        String line = "PHP Warning: " + "w".repeat(60_000) + "\n";
        Reply reply = ask((request, wire) -> {
            for (int i = 0; i < 1700; i++) {
                wire.stderr(line);
            }
            wire.stdout(HEAD + "ok").end(0);
        });
        assertEquals("ok", reply.body());
        assertTrue(log.text().length() < 1_000_000, log.text().length() + " characters logged");
        assertTrue(log.text().contains("more bytes of errors left out"));
    }

    @Test
    void variablesAreNeverCutAcrossRecords() throws Exception {
        String value = "v".repeat(40_000);
        int port = serve((request, wire) -> wire.stdout(HEAD + request.paramsRecords()).end(0), "param.A", value, "param.B", value + "b",
                "param.C", "c");
        assertEquals("2", RawHttp.get(port, "/x.php").body());
        FakeFpm.Request seen = fpm.requests().get(0);
        assertEquals(List.of(value, value + "b", "c"), List.of(seen.params().get("A"), seen.params().get("B"), seen.params().get("C")));
    }

    @Test
    void anAnswerBeforeTheBodyIsReadDoesNotBlock() throws Exception {
        // The peer reads the request whole before it answers, so the other half, output while the body is still written, is big.php's test.
        int port = serve((request, wire) -> wire.stdout(HEAD + request.body().length).end(0));
        assertEquals("3000000", RawHttp.post(port, "/x.php", "b".repeat(3_000_000)).body());
    }
}
