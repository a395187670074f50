package org.jettyphp.fpm;

import java.util.concurrent.TimeUnit;

/** How long to wait before php-fpm is started again, in milliseconds: longer each time it ends soon after its start. For one thread at a time. */
final class Backoff {

    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 10_000;

    private long last = FIRST_MILLIS / 2;

    long after(long upNanos) {
        last = upNanos > STEADY_NANOS ? FIRST_MILLIS : next(last);
        return last;
    }

    /** Where it does not even start. */
    static long next(long pause) {
        return Math.min(pause * 2, LONGEST_MILLIS);
    }
}
