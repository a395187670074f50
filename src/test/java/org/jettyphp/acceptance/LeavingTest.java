package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Map;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients who leave, in each phase of a request. One worker; what it does is counted in files. */
class LeavingTest extends BehindRealFpm {

    private String counting(String ended) {
        return "/count.php?count=" + state("count") + "&until=" + state("until") + "&ended=" + state(ended);
    }

    private void goOn() throws Exception {
        Files.createFile(state("until"));
    }

    private void untilLeft(String uri) throws Exception {
        Until.true_("it is noticed that a client has left", () -> log.text().contains(": 499 ") && log.text().contains(uri));
    }

    private void untilStarted(int scripts) throws Exception {
        Until.true_("scripts started: " + scripts, () -> size(state("count")) == scripts);
    }

    @ParameterizedTest
    @CsvSource({"GET,,close,1", "POST,stop,close,1", "POST,,close,2", "GET,finish,close,2", "POST,,reset,1", "GET,finish,reset,1"})
    void whatWaitsWhenItsClientLeavesRunsOnlyIfItIsToBeFinished(String method, String onClientAbort, String how, int started)
            throws Exception {
        int port = onClientAbort == null ? serve() : serve("onClientAbort", onClientAbort);
        try (RawHttp first = new RawHttp(port)) {
            first.send("GET", counting("first"), "");
            untilStarted(1);
            try (RawHttp second = new RawHttp(port)) {
                second.send(method, counting("second"), method.equals("POST") ? "x=1" : "");
                Until.true_("it waits", () -> waiting() == 1);
                if (how.equals("reset")) {
                    second.reset();
                }
            }
            untilLeft("ended=" + state("second"));
            goOn();
            assertEquals("counted", first.read().body());
        }
        assertEquals("Hello, World!", RawHttp.get(port, "/hello.php").body());
        assertEquals(started, size(state("count")), "scripts that were started");
        Until.true_("the access log says so", () -> accessLog().contains("ended=" + state("second") + " HTTP/1.1\" 499 "));
    }

    /** Who waits is looked at four times a second; who is next is looked at once more. Without that most of these would be started. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void whoLeavesJustBeforeItsTurnIsNotStartedEither(String method) throws Exception {
        int port = serve();
        for (int i = 1; i <= 5; i++) {
            try (RawHttp first = new RawHttp(port)) {
                first.send("GET", counting("first"), "");
                untilStarted(i);
                try (RawHttp second = new RawHttp(port)) {
                    second.send(method, counting("second"), method.equals("POST") ? "x=1" : "");
                    Until.true_("it waits", () -> waiting() == 1);
                    long since = System.nanoTime();
                    Until.true_("long enough to be worth a look", () -> System.nanoTime() - since > 15_000_000);
                    if (method.equals("POST")) {
                        second.reset();
                    }
                }
                goOn();
                assertEquals("counted", first.read().body());
            }
            Until.true_("both are over", () -> waiting() == 0);
            Files.delete(state("until"));
        }
        assertEquals("Hello, World!", RawHttp.get(port, "/hello.php").body());
        assertEquals(5, size(state("count")), "scripts that were started");
    }

    @Test
    void aResetIsNoticedLikeAnEnd() throws Exception {
        int port = serve();
        RawHttp client = new RawHttp(port).send("GET", counting("first"), "");
        untilStarted(1);
        client.reset();
        untilLeft("/count.php");
        goOn();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGetWhoseClientHasLeftEndsAtItsNextOutput(boolean unixSocket) throws Exception {
        Map<String, String> oneWorker = Map.of("pm.max_children", "1");
        int port = serve(unixSocket ? RealFpm.onUnixSocket(oneWorker) : RealFpm.onTcp(oneWorker));
        try (RawHttp client = new RawHttp(port)) {
            client.send("GET", "/abort.php?aborted=" + state("aborted"), "").readHead();
        }
        Until.true_("connection_aborted() is true", () -> size(state("aborted")) == 1);
        untilLeft("/abort.php");
        Until.true_("the access log says so", () -> accessLog().contains("\" 499 "));
    }

    /** Else the next request would wait in php-fpm's backlog, where it cannot be withdrawn. */
    @Test
    void theSlotOfAScriptThatRunsOnIsTakenUntilItEnds() throws Exception {
        int port = serve();
        try (RawHttp first = new RawHttp(port)) {
            first.send("GET", counting("first"), "");
            untilStarted(1);
        }
        untilLeft("ended=" + state("first"));
        try (RawHttp second = new RawHttp(port)) {
            second.send("GET", counting("second"), "");
        }
        untilLeft("ended=" + state("second"));
        goOn();
        assertEquals("Hello, World!", RawHttp.get(port, "/hello.php").body());
        assertEquals(1, size(state("count")), "scripts that were started");
        assertEquals(1, size(state("first")), "it was computing and had nothing to write: it has run to its end");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPostWhoseClientHasLeftIsFinished(boolean reset) throws Exception {
        int port = serve();
        try (RawHttp client = new RawHttp(port)) {
            client.send("POST", counting("first") + "&flush", "x".repeat(200_000));
            untilStarted(1);
            if (reset) {
                client.reset();
            }
        }
        untilLeft("ended=" + state("first"));
        goOn();
        Until.true_("it has run to its end", () -> size(state("first")) == 1);
        assertEquals("Hello, World!", RawHttp.get(port, "/hello.php").body());
    }

    @Test
    void whatBecomesOfScriptsCanBeSet() throws Exception {
        int port = serve("onClientAbort", "stop");
        try (RawHttp client = new RawHttp(port)) {
            client.send("POST", "/abort.php?aborted=" + state("aborted"), "x=1").readHead();
        }
        Until.true_("connection_aborted() is true", () -> size(state("aborted")) == 1);
    }

    @Test
    void whoLeavesWhileTheSpoolDrainsHoldsNothing() throws Exception {
        int port = serve();
        try (RawHttp client = new RawHttp(port)) {
            client.send("GET", "/big.php?kb=60000", "").readHead();
            Until.true_("the worker is free again", () -> RawHttp.get(port, "/hello.php").status() == 200);
            assertFalse(log.text().contains("499 GET"), log.text());
        }
        untilLeft("/big.php");
    }

    @Test
    void whatAClientSendsAheadIsKeptForItsTurn() throws Exception {
        int port = serve();
        try (RawHttp client = new RawHttp(port); RawHttp other = new RawHttp(port)) {
            client.send("GET", counting("first"), "");
            untilStarted(1);
            client.send("GET", "/hello.php?1", "").send("GET", "/hello.php?2", "");
            // Another client who leaves shows that the round was made while these bytes were there.
            try (RawHttp leaver = new RawHttp(port)) {
                leaver.send("GET", "/hello.php?leaver", "");
            }
            untilLeft("/hello.php?leaver");
            goOn();
            assertEquals("counted", client.read().body());
            assertEquals("Hello, World!", client.read().body());
            assertEquals("Hello, World!", client.read().body());
            other.send("GET", "/hello.php", "");
            assertEquals("Hello, World!", other.read().body());
            assertEquals("Hello, World!", client.send("GET", "/hello.php?3", "").read().body());
        }
    }

    @Test
    void whoWaitsLongIsNotTakenForOneWhoHasLeft() throws Exception {
        int port = serve();
        try (RawHttp first = new RawHttp(port); RawHttp second = new RawHttp(port)) {
            first.send("GET", counting("first"), "");
            untilStarted(1);
            second.send("GET", "/hello.php", "");
            try (RawHttp leaver = new RawHttp(port)) {
                leaver.send("GET", "/hello.php?leaver", "");
            }
            untilLeft("/hello.php?leaver");
            goOn();
            assertEquals("counted", first.read().body());
            assertEquals("Hello, World!", second.read().body());
        }
        assertTrue(log.text().contains("/hello.php?leaver"), log.text());
    }
}
