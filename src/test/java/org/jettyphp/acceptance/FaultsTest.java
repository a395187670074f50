package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with a php-fpm in its life, and what 50 clients see of it: the real php-fpm with 4 workers. */
class FaultsTest extends BehindRealFpm {

    private static final int RELOADS = 20;
    private static final int WORKERS = 4;
    private static final int BETWEEN_RELOADS = 25;
    /** Two for each client. */
    private static final int AFTERWARDS = 100;

    private Crowd crowd(Map<String, String> directives, String... settings) throws Exception {
        Map<String, String> all = new HashMap<>(directives);
        all.put("pm.max_children", String.valueOf(WORKERS));
        int port = serve(RealFpm.onUnixSocket(all), settings);
        assertEquals("Hello, World!", RawHttp.get(port, "/hello.php").body(), "it has answered once, so its absence is a restart");
        return new Crowd(port, state("ran"));
    }

    private static String[] fourSlots(String... more) {
        String[] all = {"maxConnections", "4", more.length > 0 ? more[0] : "queueSize", more.length > 0 ? more[1] : "10000"};
        return all;
    }

    private Crowd throughReloads(String patience) throws Exception {
        Crowd crowd = crowd(Map.of("[global] process_control_timeout", patience), fourSlots());
        for (int i = 0; i < RELOADS; i++) {
            crowd.untilAnswered(BETWEEN_RELOADS);
            RealFpm.signal("USR2", fpm.pid());
        }
        crowd.untilAnswered(AFTERWARDS);
        assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
        return crowd;
    }

    @Test
    void reloadsFailNothing() throws Exception {
        assertEquals(List.of(), throughReloads("5s").failures());
        assertEquals(0, heard.count("retry refused LOST"));
    }

    /**
     * Then php-fpm kills workers that have a request, at once: what is not safe to run again is lost, and only that; a GET too if the worker
     * that got it again was killed as well.
     */
    @Test
    void reloadsWithoutProcessControlTimeoutFailWhatWasBeingExecuted() throws Exception {
        List<String> failures = throughReloads("0").failures();
        assertTrue(failures.stream().allMatch(failure -> failure.matches("(GET|POST) .*: 502 true")), failures.toString());
        assertTrue(failures.size() < RELOADS, failures.toString());
    }

    @Test
    void aStopAndAStartFailOnlyWhatWasBeingExecuted() throws Exception {
        Crowd crowd = crowd(Map.of(), fourSlots());
        crowd.untilAnswered(100);
        RealFpm.signal("QUIT", fpm.pid());
        Until.true_("it has ended", () -> !fpm.isAlive());
        Until.true_("the log says what becomes of requests", () -> said("; requests wait for it, up to 30000 ms (queueTimeout)") == 1);
        fpm.start();
        crowd.untilAnswered(AFTERWARDS);
        assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
        // What was being executed when its worker was ended is lost, a GET too if the worker that got it again was the next to end; nobody who
        // waited has lost anything.
        List<String> failures = crowd.failures();
        assertTrue(failures.stream().allMatch(failure -> failure.matches("(GET|POST) .*: 502 true")), failures.toString());
        assertTrue(failures.size() <= WORKERS, failures.toString());
        assertEquals(1, said("fpm.sock is away"), "once: " + log.text());
        assertEquals(1, said(" ms after it was missed first"), log.text());
        assertEquals(0, said("is out"), "that is for one among several");
    }

    private int said(String words) {
        return log.text().split(java.util.regex.Pattern.quote(words), -1).length - 1;
    }

    @ParameterizedTest(name = "pm.max_requests = {0}, keepAlive = {1}")
    @CsvSource({"1, 0", "3, 0", "1, 4", "3, 4"})
    void workersThatEndAfterAFewRequestsFailNothing(String requests, String keepAlive) throws Exception {
        Crowd crowd = crowd(Map.of("pm.max_requests", requests), fourSlots("keepAlive", keepAlive));
        crowd.untilAnswered(200);
        assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
        assertEquals(List.of(), crowd.failures());
        // A connection that closes as soon as it is kept costs a second attempt; ten are there from the beginning.
        long retried = heard.count("retried LOST");
        assertTrue(retried <= 10 + 4 + heard.count("queued") / 10, retried + " second attempts of " + heard.count("queued") + " requests");
    }

    /** Out of memory is the kernel's SIGKILL. */
    @ParameterizedTest
    @ValueSource(strings = {"KILL", "SEGV"})
    void aWorkerThatDiesFailsOnlyThePostThatItExecuted(String signal) throws Exception {
        Crowd crowd = crowd(Map.of(), fourSlots());
        for (int i = 0; i < RELOADS; i++) {
            crowd.untilAnswered(BETWEEN_RELOADS);
            List<Long> workers = fpm.workers();
            RealFpm.signal(signal, workers.get(i % workers.size()));
        }
        crowd.untilAnswered(AFTERWARDS);
        assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
        List<String> failures = crowd.failures();
        assertTrue(failures.stream().allMatch(failure -> failure.matches("POST .*: 502 true")), failures.toString());
        assertTrue(failures.size() <= RELOADS, failures.toString());
    }

    /** Where all but one worker are busy with that, those who come find the one that is idle. */
    @Test
    void workAfterTheAnswerHoldsUpNobody() throws Exception {
        int port = serve(RealFpm.onUnixSocket(Map.of("pm.max_children", String.valueOf(WORKERS))), fourSlots());
        for (int i = 1; i < WORKERS; i++) {
            assertEquals("answered", RawHttp.get(port, "/finish.php?until=" + state("until")).body());
        }
        try (Crowd crowd = new Crowd(port, state("ran"))) {
            crowd.untilAnswered(AFTERWARDS);
            assertEquals(List.of(), crowd.failures());
        } finally {
            Files.createFile(state("until"));
        }
    }

    /** Over a Unix socket none: decision 0021. */
    @Test
    void reloadsOverTcpFailOnlyPostsThatCameInTheLastMoment() throws Exception {
        int port = serve(RealFpm.onTcp(Map.of("pm.max_children", String.valueOf(WORKERS), "[global] process_control_timeout", "5s")),
                fourSlots());
        assertEquals("Hello, World!", RawHttp.get(port, "/hello.php").body());
        Crowd crowd = new Crowd(port, state("ran"));
        for (int i = 0; i < RELOADS; i++) {
            crowd.untilAnswered(BETWEEN_RELOADS);
            RealFpm.signal("USR2", fpm.pid());
        }
        crowd.untilAnswered(AFTERWARDS);
        assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
        List<String> failures = crowd.failures();
        assertTrue(failures.stream().allMatch(failure -> failure.matches("POST .*: 502 true")), failures.toString());
        assertTrue(failures.size() < RELOADS, failures.toString());
    }

    @Test
    void aFrozenPhpFpmAnswersLate() throws Exception {
        Crowd crowd = crowd(Map.of(), fourSlots());
        crowd.untilAnswered(100);
        for (long process : fpm.processes()) {
            RealFpm.signal("STOP", process);
        }
        Until.true_("all of it stands still", () -> fpm.processes().stream().allMatch(RealFpm::isStopped));
        Until.true_("nobody can be answered any more", () -> waiting() == Crowd.CLIENTS - WORKERS);
        for (long process : fpm.processes()) {
            RealFpm.signal("CONT", process);
        }
        crowd.untilAnswered(AFTERWARDS);
        assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
        assertEquals(List.of(), crowd.failures());
    }

    @ParameterizedTest(name = "keepAlive = {0}")
    @ValueSource(strings = {"0", "4"})
    void aScriptThatRunsIntoRequestTerminateTimeoutHarmsNobodyElse(String keepAlive) throws Exception {
        Crowd crowd = crowd(Map.of("request_terminate_timeout", "1s"), fourSlots("keepAlive", keepAlive));
        crowd.untilAnswered(50);
        Reply reply = RawHttp.post(port(), "/sleep.php?ms=20000", "x=1");
        assertEquals(502, reply.status());
        assertTrue(log.text().contains("request_terminate_timeout"), log.text());
        crowd.untilAnswered(AFTERWARDS);
        assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
        assertEquals(List.of(), crowd.failures());
    }
}
