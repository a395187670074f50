package org.jettyphp.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A point on the monotonic clock by which something must have happened; {@link #NEVER} has no end.
 *
 * @param clock nanoseconds, as {@link System#nanoTime()}; another one lets a test end a wait without waiting
 */
public record Deadline(long atNanos, boolean ends, LongSupplier clock) {

    /** No limit. */
    public static final Deadline NEVER = new Deadline(0, false, System::nanoTime);

    /** So long from now; zero or a negative duration means no limit, as in every timeout setting. */
    public static Deadline in(Duration limit) {
        return in(limit, System::nanoTime);
    }

    /** The same by a clock of the caller's. */
    public static Deadline in(Duration limit, LongSupplier clock) {
        return limit.isZero() || limit.isNegative() ? NEVER : new Deadline(clock.getAsLong() + limit.toNanos(), true, clock);
    }

    /** Nanoseconds left, never negative; {@link Long#MAX_VALUE} without limit. */
    public long remainingNanos() {
        return ends ? Math.max(0, atNanos - clock.getAsLong()) : Long.MAX_VALUE;
    }

    public boolean isPast() {
        return ends && remainingNanos() == 0;
    }

    /** An equal part of what is left, for the first of so many tries: one that is silent must not use up the time of the others. */
    public Deadline share(int tries) {
        return ends ? new Deadline(clock.getAsLong() + remainingNanos() / tries, true, clock) : this;
    }

    public Deadline orEarlier(Deadline other) {
        if (!other.ends) {
            return this;
        }
        return !ends || other.atNanos - atNanos < 0 ? other : this;
    }

    /** What {@code Selector.select} takes: at least 1 ms, since its 0 means without limit. */
    long selectMillis() {
        return ends ? Math.max(1, TimeUnit.NANOSECONDS.toMillis(remainingNanos() + 999_999)) : 0;
    }
}
