package org.jettyphp.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.jettyphp.fastcgi.ExchangeException;
import org.jettyphp.fastcgi.Question;
import org.jettyphp.pool.Lane;
import org.jettyphp.transport.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks several PHP-FPMs every few seconds whether they live, so that one that is frozen gets no requests, and one that is out comes back
 * without a request that has to try it.
 */
final class Checks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

    /** How often it is looked whether a check is due. */
    private static final long LOOK_MILLIS = 500;

    /** More than a busy machine takes to give a worker the processor. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int MOST_TRIES = 3;

    /** One that is silent holds a thread for {@link #LIMIT}. */
    private static final int THREADS = 4;

    private final ToIntFunction<Lane> free;
    private final ScheduledThreadPoolExecutor executor;
    private final Map<Upstream, ScheduledFuture<?>> checked = new HashMap<>();

    /** No thread is started before there is something to check; {@code free}: how many slots of a lane are not in use. */
    Checks(ToIntFunction<Lane> free) {
        this.free = free;
        AtomicInteger count = new AtomicInteger();
        executor = new ScheduledThreadPoolExecutor(THREADS, work -> {
            Thread thread = new Thread(null, work, "php-fpm-check-" + count.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Checks.class.getClassLoader());
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    /** From now on these are checked, and no others. */
    synchronized void keep(List<Upstream> upstreams) {
        checked.entrySet().removeIf(entry -> !upstreams.contains(entry.getKey()) && entry.getValue().cancel(false));
        for (Upstream upstream : upstreams) {
            checked.computeIfAbsent(upstream, new Check()::begin);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** The checks of one PHP-FPM, one at a time. */
    private final class Check {

        private long last = System.nanoTime() - EVERY_NANOS;

        ScheduledFuture<?> begin(Upstream upstream) {
            return executor.scheduleWithFixedDelay(() -> checkIfDue(upstream), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void checkIfDue(Upstream upstream) {
            Health health = upstream.health();
            long now = System.nanoTime();
            boolean due = health.isIn() ? now - last >= EVERY_NANOS : now - health.backAt() >= 0;
            // While all slots are in use a check would only be one more that waits, and being late says nothing.
            if (due && !(health.isIn() && free.applyAsInt(upstream.lane()) <= 0)) {
                last = now;
                try {
                    check(upstream.address(), health);
                } catch (RuntimeException | Error broken) {
                    LOG.error("A check of {} ended with a defect of ours", upstream.address(), broken);
                }
            }
        }

        /** Workers that end, at a reload or after {@code pm.max_requests}, close connections that they have just accepted. */
        private void greet(Address address) throws IOException {
            for (int tries = 1;; tries++) {
                try {
                    new Question(address, LIMIT).greet();
                    return;
                } catch (ExchangeException failed) {
                    if (failed.kind() != ExchangeException.Kind.LOST || tries == MOST_TRIES) {
                        throw failed;
                    }
                }
            }
        }

        private void check(Address address, Health health) {
            long answersBefore = health.answers();
            try {
                greet(address);
                health.checked();
            } catch (ExchangeException failed) {
                boolean late = failed.kind() == ExchangeException.Kind.TIMED_OUT;
                if (!late) {
                    health.failed("it did not answer a check: " + failed.getMessage());
                } else if (health.answers() == answersBefore) {
                    health.failed("no worker answered a check within " + LIMIT.toMillis()
                            + " ms, nor any request; it is frozen, or busy with what does not come from here");
                }
            } catch (IOException failed) {
                ConnectTrouble trouble = ConnectTrouble.of(address, failed);
                if (trouble.cause() != ConnectTrouble.Cause.BUSY) {
                    health.failed(trouble.advice());
                }
            }
        }
    }
}
