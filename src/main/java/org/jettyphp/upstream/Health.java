package org.jettyphp.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;
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
    private volatile State state = new State(0, 0);

    /**
     * What is known.
     *
     * @param failures in a row; 0: it is in
     * @param backAt when it may be tried again
     */
    private record State(int failures, long backAt) {}

    Health(Address address, LongSupplier nanoTime) {
        this.address = address;
        this.nanoTime = nanoTime;
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
        if (state.failures > 0) {
            state = new State(0, 0);
            LOG.info("PHP-FPM at {} is back", address);
        }
    }

    /** Several requests that fail at once are one failure. */
    synchronized void failed(String why) {
        long now = nanoTime.getAsLong();
        State seen = state;
        if (seen.failures > 0 && now - seen.backAt < 0) {
            return;
        }
        int failures = seen.failures + 1;
        long pause = Math.min(LONGEST.toNanos(), FIRST.toNanos() << Math.min(failures - 1, 10));
        state = new State(failures, now + pause);
        LOG.warn("PHP-FPM at {} is out for {} ms ({} failures in a row): {}", address, pause / 1_000_000, failures, why);
    }
}
