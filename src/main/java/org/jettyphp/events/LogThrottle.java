package org.jettyphp.events;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets a line into the log every so often at most, and counts what is told of meanwhile. Any thread. */
public final class LogThrottle {

    private final long everyNanos;
    private final LongSupplier nanoTime;
    private int since;
    private long loggedAt;

    /**
     * The first one is logged.
     *
     * @param every how long there is no other line
     * @param nanoTime as {@link System#nanoTime}
     */
    public LogThrottle(Duration every, LongSupplier nanoTime) {
        this.everyNanos = every.toNanos();
        this.nanoTime = nanoTime;
        this.loggedAt = nanoTime.getAsLong() - everyNanos;
    }

    /** One more: how many there have been since the last line in the log, this one included; 0: that was just now. */
    public synchronized int toBeLogged() {
        since++;
        long now = nanoTime.getAsLong();
        if (now - loggedAt < everyNanos) {
            return 0;
        }
        int all = since;
        loggedAt = now;
        since = 0;
        return all;
    }
}
