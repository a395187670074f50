package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jettyphp.peers.BareFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be put to another worker when one is lost: only what the lost one cannot have begun, and once what may run twice. */
class TriedAgainTest extends BehindFakeFpm {

    private Reply send(int port, String method, String body) throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(method, "/x.php", body).read(method.equals("HEAD"));
        }
    }

    @ParameterizedTest(name = "{0} with body ''{1}'' runs at most {2} times")
    @CsvSource({"GET, '', 2", "HEAD, '', 2", "OPTIONS, '', 2", "POST, '', 1", "POST, a=1, 1", "PUT, x, 1", "DELETE, '', 1", "PATCH, x, 1",
            "GET, x, 1", "OPTIONS, x, 1", "PROPFIND, '', 1"})
    void aRequestThatAWorkerMayHaveBegunRunsAgainOnlyIfItMayRunTwice(String method, String body, int most) throws Exception {
        int port = serve((request, wire) -> wire.close());
        assertEquals(502, send(port, method, body).status());
        assertEquals(most, fpm.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Ty", HEAD, HEAD + "some of the body"})
    void nothingIsTriedAgainOnceAByteOfAnAnswerHasCome(String begun) throws Exception {
        int port = serve((request, wire) -> wire.stdout(begun).close());
        Reply reply = RawHttp.get(port, "/x.php");
        // A head that was complete may have been flushed before the loss was seen.
        assertTrue(reply.status() == 502 || !reply.complete(), reply.toString());
        assertEquals(1, fpm.requests().size());
    }

    @Test
    void aByteOnTheErrorStreamIsAnAnswerToo() throws Exception {
        int port = serve((request, wire) -> wire.stderr("PHP Fatal error").close());
        assertEquals(502, RawHttp.get(port, "/x.php").status());
        assertEquals(1, fpm.requests().size());
    }

    @Test
    void aSilentWorkerIsNotAskedAgain() throws Exception {
        int port = serve((request, wire) -> new CountDownLatch(1).await(), "responseTimeout", "100ms");
        assertEquals(504, RawHttp.get(port, "/x.php").status());
        assertEquals(1, fpm.requests().size());
    }

    /** A worker that goes away before it has answered GET_VALUES has not begun: another one takes the POST, which runs once. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPostWhoseConnectionNoWorkerTookIsPutToAnother(boolean questionRead) throws Exception {
        AtomicInteger executed = new AtomicInteger();
        try (BareFpm peer = BareFpm.onUnixSocket((line, number) -> {
            if (number <= 2) {
                line.read(questionRead ? 25 : 0);
                return;
            }
            line.readThrough(BareFpm.STDIN);
            executed.incrementAndGet();
            line.wire().stdout(HEAD + "ran").end(0);
        })) {
            assertEquals("ran", RawHttp.post(serveAt(peer.target()), "/x.php", "a=1").body());
            assertEquals(3, peer.connections());
            assertEquals(1, executed.get());
        }
    }

    /** As when php-fpm is ended with a GET in a worker: the second attempt meets its last moment. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSecondAttemptOfAGetIsOneOnlyIfAWorkerTookIt(boolean questionRead) throws Exception {
        try (BareFpm peer = BareFpm.onUnixSocket((line, number) -> {
            if (number == 1) {
                line.readThrough(BareFpm.STDIN);
            } else if (number <= 3) {
                line.read(questionRead ? 25 : 0);
            } else {
                line.readThrough(BareFpm.STDIN);
                line.wire().stdout(HEAD + "ran").end(0);
            }
        })) {
            assertEquals("ran", RawHttp.get(serveAt(peer.target()), "/x.php").body());
            assertEquals(4, peer.connections());
        }
    }

    @Test
    void whoNeverTakesAConnectionIsUnavailableAndNotAskedForEver() throws Exception {
        try (BareFpm peer = BareFpm.onUnixSocket((line, number) -> line.read(25))) {
            Reply reply = RawHttp.post(serveAt(peer.target()), "/x.php", "a=1");
            assertEquals(503, reply.status());
            assertEquals("2", reply.header("Retry-After"));
            assertTrue(peer.connections() <= 6, peer.connections() + " connections");
        }
    }

    @Test
    void aPostIsWrittenOnlyWhenAWorkerHasProvenThatItIsThere() throws Exception {
        try (BareFpm peer = BareFpm.onUnixSocket((line, number) -> {
            boolean asked = line.record().type() == BareFpm.GET_VALUES;
            line.answerValues();
            line.readThrough(BareFpm.STDIN);
            line.wire().stdout(HEAD + (asked ? "asked first" : "not asked")).end(0);
        })) {
            assertEquals("asked first", RawHttp.post(serveAt(peer.target(), "keepAlive", "1"), "/x.php", "").body());
        }
    }

    @Test
    void aKeptConnectionThatHasClosedWhileIdleIsNotAnAttempt() throws Exception {
        try (BareFpm peer = BareFpm.onUnixSocket((line, number) -> {
            line.readThrough(BareFpm.STDIN);
            // As with pm.max_requests: the worker ends although the connection was to be kept.
            line.wire().stdout(HEAD + number).end(0);
        })) {
            int port = serveAt(peer.target(), "keepAlive", "1", "maxConnections", "1");
            for (int i = 1; i <= 20; i++) {
                assertEquals("" + i, RawHttp.get(port, "/x.php").body());
            }
        }
    }

    /** What came unasked on a kept connection would be taken for the next client's answer. */
    @Test
    void whatCameWhileAConnectionWasIdleReachesNobody() throws Exception {
        CountDownLatch idle = new CountDownLatch(1);
        CountDownLatch came = new CountDownLatch(1);
        try (BareFpm peer = BareFpm.onUnixSocket((line, number) -> {
            line.readThrough(BareFpm.STDIN);
            line.wire().stdout(HEAD + "mine").end(0);
            if (number == 1) {
                idle.await();
                line.wire().stdout(HEAD + "somebody else's").end(0);
                came.countDown();
                line.read(1);
            }
        })) {
            int port = serveAt(peer.target(), "keepAlive", "1", "maxConnections", "1");
            assertEquals("mine", RawHttp.get(port, "/x.php").body());
            idle.countDown();
            came.await();
            assertEquals("mine", RawHttp.get(port, "/x.php").body());
            assertEquals(2, peer.connections());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE", "PUT"})
    void whatMustNotRunTwiceGetsAConnectionOfItsOwn(String method) throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + "ok").end(0), "keepAlive", "2", "maxConnections", "2");
        assertEquals("ok", RawHttp.get(port, "/x.php").body());
        assertEquals("ok", send(port, method, "").body());
        assertEquals(2, fpm.connections());
        assertFalse(fpm.requests().get(1).keep());
    }

    @Test
    void withoutKeepAliveEveryRequestHasAConnectionThatIsNotKept() throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + "ok").end(0));
        for (int i = 0; i < 5; i++) {
            assertEquals("ok", RawHttp.get(port, "/x.php").body());
        }
        assertEquals(5, fpm.connections());
        assertTrue(fpm.requests().stream().noneMatch(request -> request.keep()));
    }

    /** The lost connection gave its slot back, whatever became of the request. */
    @Test
    void aLossGivesTheSlotBack() throws Exception {
        int port = serve((request, wire) -> {
            if (request.params().get("QUERY_STRING").equals("lost")) {
                wire.close();
            } else {
                wire.stdout(HEAD + "ok").end(0);
            }
        }, "maxConnections", "1", "queueTimeout", "5s");
        for (int i = 0; i < 3; i++) {
            assertEquals(502, RawHttp.get(port, "/x.php?lost").status());
            assertEquals("ok", RawHttp.get(port, "/x.php").body());
        }
    }

    /** An idle connection holds a worker that the request which needs one of its own would wait for. */
    @Test
    void keptConnectionsAreClosedRatherThanBeyondMaxConnections() throws Exception {
        AtomicInteger open = new AtomicInteger();
        CountDownLatch goOn = new CountDownLatch(1);
        try (BareFpm peer = BareFpm.onUnixSocket((line, number) -> {
            open.incrementAndGet();
            try {
                while (true) {
                    line.readThrough(BareFpm.STDIN);
                    if (number == 2) {
                        goOn.await();
                    }
                    line.wire().stdout(HEAD + number).end(0);
                }
            } finally {
                open.decrementAndGet();
            }
        })) {
            int port = serveAt(peer.target(), "keepAlive", "1", "maxConnections", "1", "responseTimeout", "20s");
            assertEquals("1", RawHttp.get(port, "/x.php").body());
            try (RawHttp post = new RawHttp(port)) {
                post.send("POST", "/x.php", "");
                Until.true_("the second is open", () -> peer.connections() == 2);
                Until.true_("the first is closed", () -> open.get() == 1);
                goOn.countDown();
                assertEquals("2", post.read().body());
            }
        }
    }

    /** Behind it PHP may still be busy after {@code fastcgi_finish_request()}: the longer ago that was, the less likely. */
    @Test
    void theConnectionThatIsIdleForLongestIsTakenFirst() throws Exception {
        CountDownLatch bothThere = new CountDownLatch(2);
        try (BareFpm peer = BareFpm.onUnixSocket((line, number) -> {
            while (true) {
                line.readThrough(BareFpm.STDIN);
                bothThere.countDown();
                bothThere.await();
                line.wire().stdout(HEAD + number).end(0);
            }
        })) {
            int port = serveAt(peer.target(), "keepAlive", "2", "maxConnections", "2");
            try (RawHttp one = new RawHttp(port); RawHttp other = new RawHttp(port)) {
                one.send("GET", "/x.php", "");
                other.send("GET", "/x.php", "");
                one.read();
                other.read();
            }
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(RawHttp.get(port, "/x.php").body());
            }
            assertNotEquals(answers.get(0), answers.get(1));
            assertEquals(answers.subList(0, 2), answers.subList(2, 4));
        }
    }

    /** Trying each again would double what a PHP-FPM in trouble has to do. */
    @Test
    void secondAttemptsAreATenthOfTheRequestsAtMost() throws Exception {
        int port = serve((request, wire) -> wire.close(), "maxConnections", "4");
        int asked = 300;
        for (int i = 0; i < asked; i++) {
            assertEquals(502, RawHttp.get(port, "/x.php").status());
        }
        int second = fpm.requests().size() - asked;
        // Ten are there from the beginning.
        assertTrue(second >= 10 && second <= 10 + asked / 10, second + " second attempts");
        assertTrue(log.text().contains("The retry budget is spent: second attempts may be a tenth of the requests. 1 request was"),
                log.text());
        assertEquals(1, log.text().split("The retry budget is spent", -1).length - 1);
    }
}
