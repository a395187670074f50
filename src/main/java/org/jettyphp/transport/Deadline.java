package org.jettyphp.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point on the monotonic clock by which something must have happened; {@link #NEVER} has no end. */
public record Deadline(long atNanos, boolean ends) {

    /** No limit. */
    public static final Deadline NEVER = new Deadline(0, false);

    /** So long from now; zero or a negative duration means no limit, as in every timeout setting. */
    public static Deadline in(Duration limit) {
        return limit.isZero() || limit.isNegative() ? NEVER : new Deadline(System.nanoTime() + limit.toNanos(), true);
    }

    /** Nanoseconds left, never negative; {@link Long#MAX_VALUE} without limit. */
    public long remainingNanos() {
        return ends ? Math.max(0, atNanos - System.nanoTime()) : Long.MAX_VALUE;
    }

    public boolean isPast() {
        return ends && remainingNanos() == 0;
    }

    /** An equal part of what is left, for the first of so many tries: one that is silent must not use up the time of the others. */
    public Deadline share(int tries) {
        return ends ? new Deadline(System.nanoTime() + remainingNanos() / tries, true) : this;
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
