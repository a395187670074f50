package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several PHP-FPMs behind one server. */
class SeveralUpstreamsTest extends BehindRealFpm {

    private static final String HEAD = "Content-Type: text/plain\r\n\r\n";

    private final List<AutoCloseable> parts = new ArrayList<>();

    @AfterEach
    void closeParts() throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
    }

    private FakeFpm saying(String name) throws Exception {
        FakeFpm fpm = new FakeFpm((request, wire) -> wire.stdout(HEAD + name).end(0));
        parts.add(fpm);
        return fpm;
    }

    private int serveAll(String target, String... settings) throws Exception {
        return serve(PhpServer.serving(root).target(target).maxConnections(4), settings);
    }

    private static List<String> answers(int port, int number) throws Exception {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            answers.add(RawHttp.get(port, "/hello.php").body());
        }
        return answers;
    }

    @Test
    void requestsAreSpreadByWeight() throws Exception {
        int port = serveAll(saying("a").target() + " weight=3, " + saying("b").target(), "balance", "round-robin");
        assertEquals(List.of("a", "a", "b", "a", "a", "a", "b", "a"), answers(port, 8));
    }

    @Test
    void oneThatIsNotThereCostsNobodyAnything() throws Exception {
        int port = serveAll(root + "/nobody.sock, " + saying("b").target(), "balance", "round-robin");
        assertEquals(List.of("b", "b", "b", "b"), answers(port, 4));
        assertTrue(log.text().contains("nobody.sock is out for 1000 ms"), log.text());
        assertEquals("b", RawHttp.post(port, "/hello.php", "x=1").body());
    }

    @Test
    void backupsStandIn() throws Exception {
        int port = serveAll(root + "/nobody.sock, " + saying("spare").target() + " backup");
        assertEquals(List.of("spare", "spare"), answers(port, 2));
    }

    @Test
    void whoIsOverloadedHandsTheRequestOn() throws Exception {
        FakeFpm overloaded = new FakeFpm((request, wire) -> wire.end(2));
        parts.add(overloaded);
        int port = serveAll(overloaded.target() + ", " + saying("b").target(), "balance", "first");
        assertEquals("b", RawHttp.get(port, "/hello.php").body());
        assertEquals(1, overloaded.requests().size());
    }

    @Test
    void whenNobodyIsThereItIs503() throws Exception {
        int port = serveAll(root + "/nobody.sock, " + root + "/neither.sock");
        assertEquals(503, RawHttp.get(port, "/hello.php").status());
        assertTrue(log.text().contains("there is no such socket"), log.text());
    }

    /** Each is stopped and started again in turn, while 50 clients ask. */
    @Test
    void restartsInTurnFailOnlyWhatWasBeingExecuted() throws Exception {
        List<RealFpm> fpms = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            fpms.add(RealFpm.onUnixSocket(Map.of("pm.max_children", "4", "[global] process_control_timeout", "5s")));
        }
        parts.addAll(fpms);
        int port = serveAll(String.join(", ", fpms.stream().map(RealFpm::target).toList()));
        try (Crowd crowd = new Crowd(port, state("ran"))) {
            for (RealFpm each : fpms) {
                int goal = crowd.answered() + 100;
                Until.true_("answers", () -> crowd.answered() >= goal);
                RealFpm.signal("QUIT", each.pid());
                Until.true_("it has ended", () -> !each.isAlive());
                int later = crowd.answered() + 100;
                Until.true_("the others answer", () -> crowd.answered() >= later);
                each.start();
            }
            assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
            assertEquals(List.of(), crowd.failures());
        }
    }

    /** It answers late what it has, gets nothing new, and comes back by itself. */
    @Test
    void aFrozenOneIsOutUntilItThaws() throws Exception {
        RealFpm frozen = RealFpm.onUnixSocket(Map.of());
        RealFpm other = RealFpm.onUnixSocket(Map.of());
        parts.addAll(List.of(frozen, other));
        // More slots than clients: with all of them in use it would be busy.
        int port = serve(PhpServer.serving(root).target(frozen.target() + ", " + other.target()).maxConnections(60));
        try (Crowd crowd = new Crowd(port, state("ran"))) {
            Until.true_("answers", () -> crowd.answered() >= 100);
            List<Long> processes = new ArrayList<>(frozen.workers());
            processes.add(frozen.pid());
            for (long each : processes) {
                RealFpm.signal("STOP", each);
            }
            Until.true_("it is out", () -> log.text().contains(frozen.target() + " is out for 1000 ms (1 in a row): no worker"));
            int goal = crowd.answered() + 200;
            for (long each : processes) {
                RealFpm.signal("CONT", each);
            }
            Until.true_("it is back", () -> log.text().contains(frozen.target() + " is back"));
            Until.true_("answers", () -> crowd.answered() >= goal);
            assertEquals(List.of(), crowd.end(), "POSTs that ran twice");
            assertEquals(List.of(), crowd.failures());
            assertFalse(log.text().contains(other.target() + " is out"), log.text());
        }
    }

    @Test
    void oneThatIsOutComesBackWithoutARequestThatTriesIt() throws Exception {
        RealFpm away = RealFpm.onUnixSocket(Map.of());
        parts.add(away);
        away.stop();
        int port = serveAll(away.target() + ", " + saying("b").target(), "balance", "first");
        assertEquals("b", RawHttp.get(port, "/hello.php").body());
        Until.true_("it is out", () -> log.text().contains(away.target() + " is out"));
        away.start();
        Until.true_("it is back", () -> log.text().contains(away.target() + " is back"));
        assertEquals("Hello, World!", RawHttp.get(port, "/hello.php").body());
    }

    @Test
    void oneThatBreaksEveryAnswerIsOut() throws Exception {
        FakeFpm broken = new FakeFpm((request, wire) -> wire.close());
        parts.add(broken);
        int port = serveAll(broken.target() + ", " + saying("b").target(), "balance", "round-robin");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            statuses.add(RawHttp.post(port, "/hello.php", "x=1").status());
        }
        assertEquals(5, statuses.stream().filter(status -> status == 502).count(), statuses.toString());
    }
}
