package org.jettyphp.soak;

import java.util.concurrent.TimeUnit;

/** What slow clients wait for: that others get on. */
final class Pace {

    private static final int OTHERS = 5;
    /** Where all are slow at once, nobody gets on. */
    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private long ended;

    synchronized void oneHasEnded() {
        ended++;
        notifyAll();
    }

    synchronized void othersGetOn() throws java.io.IOException {
        long goal = ended + OTHERS;
        long until = System.nanoTime() + LIMIT_NANOS;
        try {
            for (long left = LIMIT_NANOS; ended < goal && left > 0; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException over) {
            throw new java.io.InterruptedIOException();
        }
    }
}
