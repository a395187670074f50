package org.jettyphp.servlet;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Measures how long a client has been silent while it was the client's turn, and how long its turns have been in all. Any thread. */
final class Silence {

    private static final long NOT_ITS_TURN = 0;

    private final Duration limit;
    private final long leastRate;
    private final LongSupplier clock;
    private volatile long since = NOT_ITS_TURN;
    private volatile long turns;

    /**
     * Not its turn yet.
     *
     * @param limit zero: it may be silent for ever
     * @param leastRate bytes a second, on average, after the limit has passed once; 0: any
     * @param clock nanoseconds, as {@link System#nanoTime()}
     */
    Silence(Duration limit, long leastRate, LongSupplier clock) {
        this.limit = limit;
        this.leastRate = leastRate;
        this.clock = clock;
    }

    /** It is the client's turn, from now on. */
    void begins() {
        // Odd, so that it is never the 0 that means something else.
        since = clock.getAsLong() | 1;
    }

    /** It is somebody else's turn. */
    void ends() {
        long began = since;
        long before = turns;
        since = NOT_ITS_TURN;
        if (began != NOT_ITS_TURN) {
            // Whoever looks between the two counts this turn a moment later, and never twice.
            turns = before + clock.getAsLong() - began;
        }
    }

    /** Apache's {@code RequestReadTimeout body=20,MinRate=500}: so many bytes buy another second. */
    boolean isTooSlow(long now, long bytes) {
        return leastRate > 0 && bytes < (inAll(now) - limit.toNanos()) / 1e9 * leastRate;
    }

    private long inAll(long now) {
        long ended = turns;
        long began = since;
        return ended + (began == NOT_ITS_TURN ? 0 : now - began);
    }

    /** As in "in 30.2 s, the limit is minBodyRate=500". */
    String rate(long now, String setting) {
        return String.format(Locale.ROOT, "in %.1f s, the limit is %s=%d bytes a second", inAll(now) / 1e9, setting, leastRate);
    }

    boolean isTooLong(long now) {
        long began = since;
        return began != NOT_ITS_TURN && !limit.isZero() && now - began > limit.toNanos();
    }

    /** As in "for 30.2 s, the limit is sendTimeout=30s". */
    String text(long now, String setting) {
        return String.format(Locale.ROOT, "for %.1f s, the limit is %s=%s", (now - since) / 1e9, setting, Failure.text(limit));
    }
}
