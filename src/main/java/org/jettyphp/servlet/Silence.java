package org.jettyphp.servlet;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Measures how long a client has been silent while it was the client's turn. Any thread. */
final class Silence {

    private static final long NOT_ITS_TURN = 0;

    private final Duration limit;
    private final LongSupplier clock;
    private volatile long since = NOT_ITS_TURN;

    /**
     * Not its turn yet.
     *
     * @param limit zero: it may be silent for ever
     * @param clock nanoseconds, as {@link System#nanoTime()}
     */
    Silence(Duration limit, LongSupplier clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** It is the client's turn, from now on. */
    void begins() {
        // Odd, so that it is never the 0 that means something else.
        since = clock.getAsLong() | 1;
    }

    /** It is somebody else's turn. */
    void ends() {
        since = NOT_ITS_TURN;
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
