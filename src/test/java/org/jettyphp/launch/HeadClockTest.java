package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.Test;

class HeadClockTest {

    private final Timers timers = new Timers();
    private final AtomicInteger ended = new AtomicInteger();
    private final HeadClock clock = new HeadClock(timers, Duration.ofSeconds(30), ended::incrementAndGet);

    /** Runs them when it is told to, cancelled or not: a timer may go off while it is being cancelled. */
    private static final class Timers extends AbstractLifeCycle implements Scheduler {

        private final List<Runnable> set = new ArrayList<>();

        @Override
        public Task schedule(Runnable task, long delay, TimeUnit units) {
            set.add(task);
            return () -> true;
        }

        void goOff() {
            set.forEach(Runnable::run);
        }
    }

    @Test
    void aHeadThatIsNotCompleteInTimeEndsTheConnectionOnce() {
        clock.bytesCame();
        clock.waits();
        clock.bytesCame();
        clock.waits();
        assertEquals(1, timers.set.size());
        timers.goOff();
        timers.goOff();
        assertEquals(1, ended.get());
    }

    @Test
    void aHeadThatIsCompleteDoesNot() {
        clock.bytesCame();
        clock.waits();
        clock.answers();
        timers.goOff();
        assertEquals(0, ended.get());
    }

    @Test
    void whatComesBeforeTheAnswerIsABodyAndAfterItAHead() {
        clock.answers();
        clock.bytesCame();
        clock.waits();
        assertEquals(0, timers.set.size());
        clock.answered();
        clock.waits();
        assertEquals(0, timers.set.size(), "nothing has come yet");
        clock.bytesCame();
        clock.waits();
        assertEquals(1, timers.set.size());
    }
}
