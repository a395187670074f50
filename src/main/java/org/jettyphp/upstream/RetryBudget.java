package org.jettyphp.upstream;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jettyphp.events.Events;
import org.jettyphp.events.LogThrottle;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.events.Retry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much may be tried again: where every request fails, trying each one again would double the load on those that fail already. A bucket
 * of tokens, as Finagle has it: every request puts a tenth of one in, every second attempt takes one out.
 *
 * <p>Only attempts count that a worker may have begun or has refused. What no worker has taken, because php-fpm is away or was told to end,
 * adds nothing to what workers do, and does not count. Any thread.
 */
final class RetryBudget {

    private static final Logger LOG = LoggerFactory.getLogger(RetryBudget.class);

    /** Tenths of a token: what a second attempt costs; a request deposits one. */
    private static final int ATTEMPT = 10;

    /** A server with few requests must be able to try again too. */
    private static final int LEAST_CAPACITY = 10 * ATTEMPT;

    private static final Duration LOG_EVERY = Duration.ofSeconds(10);

    private final IntSupplier slots;
    private final Events events;
    private final LogThrottle throttle;
    private int tenths;

    /**
     * A full one.
     *
     * @param slots how many requests may be lost at once, when php-fpm ends all its workers: so many second attempts can be saved up. Asked each
     *        time, as it may be changed
     */
    RetryBudget(IntSupplier slots, Events events, LongSupplier nanoTime) {
        this.slots = slots;
        this.events = events;
        this.throttle = new LogThrottle(LOG_EVERY, nanoTime);
        this.tenths = capacity();
    }

    /** A request has come to its end. */
    synchronized void deposit() {
        tenths = Math.min(capacity(), tenths + 1);
    }

    private int capacity() {
        return Math.max(LEAST_CAPACITY, slots.getAsInt() * ATTEMPT);
    }

    /** Whether a second attempt could be paid. */
    synchronized boolean hasLeft() {
        return tenths >= ATTEMPT;
    }

    /** Pays a second attempt that must be made, if need be on credit. */
    synchronized void owe() {
        tenths -= ATTEMPT;
    }

    /** Pays a second attempt; false if there is nothing to pay with: then the request has failed, and that is told. */
    boolean pay(RequestInfo request, String target, Retry why) {
        synchronized (this) {
            if (hasLeft()) {
                owe();
                return true;
            }
        }
        int refusedSince = throttle.toBeLogged();
        if (refusedSince > 0) {
            LOG.warn("The retry budget is spent: second attempts may be a tenth of the requests. {} {} not tried again after {} at {}",
                    refusedSince, refusedSince == 1 ? "request was" : "requests were", why, target);
        }
        events.tell(listener -> listener.retryRefused(request, target, why));
        return false;
    }
}
