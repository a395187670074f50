package org.jettyphp.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jettyphp.fastcgi.RequestBody;
import org.jettyphp.peers.BareFpm;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may happen between the moment in which a request is sent ahead and the one in which the thread of its exchange is awake. */
@Timeout(40)
class BeforeItsExchangeTest extends HeldExchanges {

    /** An empty one that does something the first time that it is asked how long it is: when the head is about to go out. */
    private record Body(Runnable first, AtomicInteger asked) implements RequestBody {

        Body(Runnable first) {
            this(first, new AtomicInteger());
        }

        @Override
        public long length() {
            if (asked.getAndIncrement() == 0) {
                first.run();
            }
            return 0;
        }

        @Override
        public int read(long position, ByteBuffer into) {
            return 0;
        }

        @Override
        public void close() {}
    }

    private static void answer(BareFpm.Line line) throws Exception {
        line.readThrough(BareFpm.STDIN);
        line.wire().stdout("ok").end(0);
    }

    @Test
    void aHeadOfWhichTheSocketTakesAPartArrivesWhole() throws Exception {
        int variables = 30;
        CountDownLatch read = new CountDownLatch(1);
        with(0, (line, number) -> {
            read.await();
            int size = 0;
            for (BareFpm.Record record = line.record(); record.type() != BareFpm.STDIN; record = line.record()) {
                size += record.type() == BareFpm.PARAMS ? record.content().length : 0;
            }
            line.wire().stdout(Integer.toString(size)).end(0);
        });
        Asked asked = new Asked("GET", variables, RequestBody.NONE).submit();
        assertTrue(asked.control.hasBegun());
        asked.goOn.countDown();
        read.countDown();
        int small = 2 + "REQUEST_METHODGET".length();
        int large = 5 + 2 + LARGE;
        assertEquals(Integer.toString(small + variables * large), asked.answer());
        assertEquals(1, fpm.connections());
    }

    /** php-fpm waits for the rest of the head, which must not be anything else. */
    @Test
    void whoIsNotWantedAnyMoreAndHasBeenSentInPartIsNotWaitedFor() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        with(0, (line, number) -> over.await());
        Asked asked = new Asked("GET", 30, RequestBody.NONE).submit();
        asked.control.abort();
        asked.goOn.countDown();
        assertTrue(asked.failure().getMessage().contains("ended by us"), asked.failure().getMessage());
        over.countDown();
    }

    /** Its worker does what it had begun; that says nothing about a PHP-FPM that has gone since. */
    @Test
    void whatWasSentBeforeAnOutageDoesNotEndIt() throws Exception {
        slots = 2;
        CountDownLatch received = new CountDownLatch(1);
        with(0, (line, number) -> {
            answer(line);
            received.countDown();
        });
        Asked first = new Asked("GET").submit();
        assertTrue(received.await(20, TimeUnit.SECONDS));
        Files.delete(Path.of(fpm.target()));
        Asked second = new Asked("GET").submit();
        second.goOn.countDown();
        assertTrue(second.failure().getMessage().contains("there is no such socket"), second.failure().getMessage());
        first.goOn.countDown();
        assertEquals("ok", first.answer());
        assertEquals(List.of("out"), told);
    }

    /** {@code onClientAbort=finish}: what PHP has begun runs to its end. */
    @Test
    void whatIsBeingSentHasBegun() throws Exception {
        with(0, (line, number) -> answer(line));
        AtomicBoolean aborted = new AtomicBoolean();
        Asked[] asked = new Asked[1];
        asked[0] = new Asked("GET", 0, new Body(() -> aborted.set(asked[0].control.abortUnlessBegun())));
        asked[0].submit().goOn.countDown();
        assertEquals("ok", asked[0].answer());
        assertFalse(aborted.get());
    }

    @Test
    void whatCouldNotBeSentHasNotBegun() throws Exception {
        with(0, (line, number) -> answer(line));
        Files.delete(Path.of(fpm.target()));
        Asked asked = new Asked("GET").submit();
        assertTrue(asked.control.abortUnlessBegun());
        asked.goOn.countDown();
        assertTrue(asked.failure() instanceof UpstreamException);
    }

    /** Outside the heap there may be no room for what is to be written: its connection must not stay open, nor its slot in use. */
    @Test
    void whatFailsWhileItIsSentLeavesNothingOpen() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        with(0, (line, number) -> {
            if (number > 1) {
                answer(line);
                return;
            }
            try {
                line.read(1);
            } finally {
                closed.countDown();
            }
        });
        Asked asked = new Asked("GET", 0, new Body(() -> {
            throw new StackOverflowError("on purpose");
        })).submit();
        assertTrue(closed.await(20, TimeUnit.SECONDS));
        assertFalse(asked.control.hasBegun());
        asked.goOn.countDown();
        assertEquals("ok", asked.answer());
        Until.true_("its slot is free", () -> group.slots().usage().busy() == 0);
    }
}
