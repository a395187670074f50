package org.jettyphp.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jettyphp.events.Events;
import org.jettyphp.pool.Lane;
import org.jettyphp.transport.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a PHP-FPM takes requests, judged by how they fare: one that cannot be connected to is out, for longer each time, and comes back on
 * probation, with one request. Any thread.
 */
final class Health implements Lane.Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Address address;
    private final LongSupplier nanoTime;
    private final Events events;
    private volatile State state = new State(0, 0);

    /**
     * What is known.
     *
     * @param failures in a row; 0: it is in
     * @param backAt when it may be tried again
     */
    private record State(int failures, long backAt) {}

    Health(Address address, LongSupplier nanoTime, Events events) {
        this.address = address;
        this.nanoTime = nanoTime;
        this.events = events;
    }

    @Override
    public int limit(int slots, long now) {
        State seen = state;
        if (seen.failures == 0) {
            return slots;
        }
        return now - seen.backAt < 0 ? 0 : 1;
    }

    @Override
    public long backAt() {
        return state.backAt;
    }

    void succeeded() {
        if (state.failures > 0 && reset()) {
            LOG.info("PHP-FPM at {} is back", address);
            events.tell(listener -> listener.back(address.toString()));
        }
    }

    private synchronized boolean reset() {
        boolean out = state.failures > 0;
        state = new State(0, 0);
        return out;
    }

    void failed(String why) {
        Duration pause = next();
        if (!pause.isZero()) {
            LOG.warn("PHP-FPM at {} is out for {} ms ({} failures in a row): {}", address, pause.toMillis(), state.failures, why);
            events.tell(listener -> listener.out(address.toString(), pause, why));
        }
    }

    /** How long it is out now; zero: it was out already. Several requests that fail at once are one failure. */
    private synchronized Duration next() {
        long now = nanoTime.getAsLong();
        if (state.failures > 0 && now - state.backAt < 0) {
            return Duration.ZERO;
        }
        int failures = state.failures + 1;
        long pause = Math.min(LONGEST.toNanos(), FIRST.toNanos() << Math.min(failures - 1, 10));
        state = new State(failures, now + pause);
        return Duration.ofNanos(pause);
    }
}
