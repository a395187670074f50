package org.jettyphp.pool;

import java.time.Duration;

/** How quickly the queue empties: a moving average of the time between two exchanges that end while somebody waits. */
final class DrainRate {

    /** Each new gap counts a twentieth: some seconds of memory under load. */
    private static final double SHARE = 0.05;

    private static final double NANOS = 1e9;

    private double gapNanos = -1;
    private long lastEnd;
    private boolean counting;

    /** An exchange has ended and the next one begins at once. */
    void ended(long nanoTime) {
        if (counting) {
            double gap = nanoTime - lastEnd;
            gapNanos = gapNanos < 0 ? gap : gapNanos + SHARE * (gap - gapNanos);
        }
        counting = true;
        lastEnd = nanoTime;
    }

    /** Nobody waits: a pause says nothing about how quickly things go. */
    void idle() {
        counting = false;
    }

    /** How long so many will take; zero: not known yet. */
    Duration of(int waiting) {
        return gapNanos < 0 ? Duration.ZERO : Duration.ofMillis((long) (gapNanos * waiting / NANOS * 1000));
    }
}
