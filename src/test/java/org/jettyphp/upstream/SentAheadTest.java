package org.jettyphp.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jettyphp.peers.BareFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent before the thread of its exchange is awake. */
@Timeout(30)
class SentAheadTest extends HeldExchanges {

    @Test
    void phpHasTheWholeRequestBeforeTheThreadOfItsExchangeRuns() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        with(0, (line, number) -> {
            line.readThrough(BareFpm.STDIN);
            received.countDown();
            line.wire().stdout("ok").end(0);
        });
        Asked asked = new Asked("GET").submit();
        assertTrue(received.await(20, TimeUnit.SECONDS));
        asked.goOn.countDown();
        assertEquals("ok", asked.answer());
        assertEquals(1, fpm.connections());
    }

    /** Over TCP too, where a connection that is opened would have to be waited for. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void soItIsOverAKeptConnection(boolean unixSocket) throws Exception {
        CountDownLatch again = new CountDownLatch(2);
        BareFpm.Script script = (line, number) -> {
            while (true) {
                line.readThrough(BareFpm.STDIN);
                again.countDown();
                line.wire().stdout("ok").end(0);
            }
        };
        behind(unixSocket ? BareFpm.onUnixSocket(script) : BareFpm.onTcp(script), 1);
        Asked first = new Asked("GET").submit();
        assertEquals(unixSocket, first.control.hasBegun());
        first.goOn.countDown();
        assertEquals("ok", first.answer());
        Until.true_("its slot is free", () -> group.slots().usage().busy() == 0);
        Asked second = new Asked("GET").submit();
        assertTrue(again.await(20, TimeUnit.SECONDS));
        second.goOn.countDown();
        assertEquals("ok", second.answer());
        assertEquals(1, fpm.connections());
    }

    /** Its connection has to tell first whether a worker has taken it, and that takes a round trip. */
    @Test
    void whatMustNotRunTwiceIsNotSentAhead() throws Exception {
        with(0, (line, number) -> {
            line.record();
            line.answerValues();
            line.readThrough(BareFpm.STDIN);
            line.wire().stdout("ok").end(0);
        });
        Asked asked = new Asked("POST").submit();
        assertFalse(asked.control.hasBegun());
        asked.goOn.countDown();
        assertEquals("ok", asked.answer());
    }

    @Test
    void whatNobodyWantsAnyMoreIsNotSentAhead() throws Exception {
        with(0, (line, number) -> line.readThrough(BareFpm.STDIN));
        Asked asked = new Asked("GET");
        asked.control.abort();
        asked.submit();
        assertFalse(asked.control.hasBegun());
        asked.goOn.countDown();
        assertTrue(asked.failure().getMessage().contains("ended by us"), asked.failure().getMessage());
    }

    @Test
    void whereNobodyListensItIsTheExchangeThatSaysSo() throws Exception {
        Path directory = Trees.create();
        at(directory.resolve("nothing.sock").toString(), 0);
        Asked asked = new Asked("GET").submit();
        assertFalse(asked.control.hasBegun());
        asked.goOn.countDown();
        assertTrue(asked.failure().getMessage().contains("cannot connect to PHP-FPM at unix:" + directory), asked.failure().getMessage());
        Trees.delete(directory);
    }

    @Test
    void aWorkerThatEndsInsteadIsOneAttempt() throws Exception {
        with(0, (line, number) -> line.readThrough(BareFpm.STDIN));
        Asked asked = new Asked("GET").submit();
        asked.goOn.countDown();
        assertTrue(asked.failure().getMessage().contains("the worker died or was ended"), asked.failure().getMessage());
        assertEquals(2, fpm.connections());
    }

    /** As all that PHP has begun: its slot is free when its worker is. */
    @Test
    void whoIsNotWantedAnyMoreIsAbortedAndItsWorkerWaitedFor() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        AtomicReference<Asked> asking = new AtomicReference<>();
        AtomicBoolean waitedFor = new AtomicBoolean();
        with(0, (line, number) -> {
            line.readThrough(BareFpm.STDIN);
            received.countDown();
            try {
                while (true) {
                    line.wire().stdout("whether it is wanted PHP learns by writing");
                }
            } finally {
                waitedFor.set(!asking.get().answer.isDone());
            }
        });
        Asked asked = new Asked("GET");
        asking.set(asked.submit());
        assertTrue(received.await(20, TimeUnit.SECONDS));
        assertFalse(asked.control.abortUnlessBegun(), "it has begun");
        asked.control.abort();
        asked.goOn.countDown();
        assertTrue(asked.failure().getMessage().contains("ended by us"), asked.failure().getMessage());
        assertTrue(waitedFor.get());
    }

    @Test
    void withoutAnExchangeItsConnectionIsClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        with(0, (line, number) -> {
            line.readThrough(BareFpm.STDIN);
            try {
                line.read(1);
            } finally {
                closed.countDown();
            }
        });
        Asked asked = new Asked("GET").submit();
        assertTrue(asked.control.hasBegun());
        asked.control.closeUnused();
        assertTrue(closed.await(20, TimeUnit.SECONDS));
        assertFalse(asked.control.hasBegun());
        asked.control.abort();
        asked.goOn.countDown();
    }
}
