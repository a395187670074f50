package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jettyphp.peers.BareFpm;
import org.jettyphp.peers.BareFpm.Line;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A connection that breaks off at any stage, by a close or a reset, on either kind of socket: noticed at once, never a complete answer, and a
 * POST never reaches a second worker after a first one may have begun.
 */
class BrokenOffTest extends BehindFakeFpm {

    private static final String BODY = "x".repeat(40_000);

    /** How far a worker comes before it is gone. */
    enum Stage {
        ACCEPTED, PART_OF_A_HEAD, FIRST_RECORD, PARAMS, PART_OF_THE_BODY, BODY, PART_OF_A_RECORD, PART_OF_THE_HEADERS, HEADERS,
        SMALL_OUTPUT, LARGE_OUTPUT, PART_OF_THE_END;

        void reach(Line line, AtomicInteger whole) throws Exception {
            if (this == ACCEPTED) {
                return;
            }
            if (this == PART_OF_A_HEAD) {
                line.read(4);
                return;
            }
            BareFpm.Record first = line.record();
            if (this == FIRST_RECORD) {
                return;
            }
            if (first.type() == BareFpm.GET_VALUES) {
                line.answerValues();
            }
            line.readThrough(BareFpm.PARAMS);
            if (this == PARAMS) {
                return;
            }
            boolean bodyToCome = line.record().content().length > 0;
            if (this == PART_OF_THE_BODY) {
                return;
            }
            if (bodyToCome) {
                line.readThrough(BareFpm.STDIN);
            }
            whole.incrementAndGet();
            answer(line);
        }

        private void answer(Line line) throws Exception {
            switch (this) {
                case PART_OF_A_RECORD -> line.wire().raw(new byte[] {1, 6, 0, 1});
                case PART_OF_THE_HEADERS -> line.wire().stdout("Content-Type: te");
                case HEADERS -> line.wire().stdout(HEAD);
                case SMALL_OUTPUT -> line.wire().stderr("a warning").stdout(HEAD + "small");
                case LARGE_OUTPUT -> line.wire().stdout(HEAD + "x".repeat(100_000));
                case PART_OF_THE_END -> line.wire().stdout(HEAD + "small").raw(new byte[] {1, 3, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0, 0});
                default -> {
                }
            }
        }
    }

    static Stream<Arguments> stages() {
        List<Arguments> all = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            for (boolean reset : new boolean[] {false, true}) {
                for (boolean tcp : new boolean[] {false, true}) {
                    all.add(Arguments.of(stage, reset, tcp));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}, reset {1}, tcp {2}")
    @MethodSource("stages")
    void isNoticedAtOnceAndIsNoAnswer(Stage stage, boolean reset, boolean tcp) throws Exception {
        AtomicInteger whole = new AtomicInteger();
        BareFpm.Script script = (line, number) -> {
            stage.reach(line, whole);
            if (reset) {
                line.reset();
            }
        };
        try (BareFpm peer = tcp ? BareFpm.onTcp(script) : BareFpm.onUnixSocket(script)) {
            // Whoever noticed a loss only by its limit would answer 504.
            int port = serveAt(peer.target(), "responseTimeout", "5s", "maxConnections", "1", "queueTimeout", "5s");
            assertFailed(RawHttp.post(port, "/x.php", BODY));
            assertTrue(whole.get() <= 1, "a POST was executed " + whole + " times");
            whole.set(0);
            assertFailed(RawHttp.get(port, "/x.php"));
            assertTrue(whole.get() <= 2, "a GET was executed " + whole + " times");
        }
    }

    private void assertFailed(Reply reply) {
        boolean aborted = reply.status() == 200 && !reply.complete() || reply.status() == 0;
        assertTrue(aborted || reply.status() == 502 || reply.status() == 503, reply.status() + " complete: " + log.text());
        assertFalse(reply.complete() && reply.body().contains("small"), "what may be incomplete looks complete");
    }
}
