package org.jettyphp.launch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long the head of a request may take. Jetty limits silence alone (12.1.10), which a client who sends a byte now and then never
 * reaches: some thousand of them, and there are no connections for others. A head that comes in one piece costs no timer: it begins when
 * the connection has to wait for more.
 */
final class HeadClock {

    private final Scheduler scheduler;
    private final long limitMillis;
    private final Runnable tooSlow;
    private boolean begun;
    private boolean answering;
    private boolean seenOne;
    private Scheduler.@Nullable Task timer;

    /**
     * @param limit zero: none
     * @param tooSlow called once at most, with the clock's lock held so that no request can begin meanwhile; must not wait
     */
    HeadClock(Scheduler scheduler, Duration limit, Runnable tooSlow) {
        this.scheduler = scheduler;
        this.limitMillis = limit.toMillis();
        this.tooSlow = tooSlow;
    }

    /** Bytes have come. */
    synchronized void bytesCame() {
        begun |= !answering;
    }

    /** The connection waits for more of them. */
    synchronized void waits() {
        if (begun && timer == null && limitMillis > 0) {
            timer = scheduler.schedule(this::expire, limitMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** A head is complete. */
    synchronized void headEnds() {
        begun = false;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** What comes until {@link #answered} is a body. Over HTTP/2 heads come at any time. */
    synchronized void answers() {
        headEnds();
        answering = true;
        seenOne = true;
    }

    synchronized boolean hasSeenOne() {
        return seenOne;
    }

    synchronized void answered() {
        answering = false;
    }

    private synchronized void expire() {
        if (timer != null) {
            timer = null;
            tooSlow.run();
        }
    }
}
