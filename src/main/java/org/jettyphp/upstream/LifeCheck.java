package org.jettyphp.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jettyphp.fastcgi.ExchangeException;
import org.jettyphp.fastcgi.Question;
import org.jettyphp.transport.Address;

/**
 * Asks a PHP-FPM among several whether it lives, so that one that is frozen gets no requests, and one that is out comes back without a request
 * that has to try it; and whether its host can still be reached, so that nobody waits for an answer that is not to come.
 *
 * @param free how many of its slots are not in use
 * @param outOfReach called when it cannot be connected to for lack of any sign from there
 */
record LifeCheck(Address address, Health health, IntSupplier free, Runnable outOfReach) implements Checks.Check {

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Between two looks at one whose time to come back has passed. */
    private static final long SHORTLY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** More than a busy machine takes to give a worker the processor. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final int MOST_TRIES = 3;

    @Override
    public long look() {
        boolean tooEarly = !health.isIn() && health.backAt() - System.nanoTime() > 0;
        if (!tooEarly) {
            ask(health.isIn() && free.getAsInt() <= 0);
        }
        return health.isIn() ? EVERY_NANOS : Math.max(SHORTLY_NANOS, health.backAt() - System.nanoTime());
    }

    /** While all slots are in use a question would be one more that waits, and that it is late would say nothing: then it is only connected to. */
    private void ask(boolean full) {
        long answersBefore = health.answers();
        try {
            if (full) {
                new Question(address, LIMIT).connect();
            } else {
                greet();
                health.checked();
            }
        } catch (ExchangeException failed) {
            boolean late = failed.kind() == ExchangeException.Kind.TIMED_OUT;
            if (!late) {
                health.failed(Outage.silent("it did not answer a check: " + failed.getMessage()));
            } else if (health.answers() == answersBefore) {
                health.failed(Outage.silent("no worker answered a check within " + LIMIT.toMillis()
                        + " ms, nor any request; it is frozen, or busy with what does not come from here"));
            }
        } catch (IOException failed) {
            unconnected(ConnectTrouble.of(address, failed), health.answers() != answersBefore, full);
        }
    }

    /** Over TCP a full backlog is as silent as a host that is cut off: what is answered meanwhile tells them apart. */
    private void unconnected(ConnectTrouble trouble, boolean answering, boolean full) {
        if (trouble.cause() == ConnectTrouble.Cause.BUSY || full && answering) {
            return;
        }
        health.failed(Outage.unreachable(trouble));
        if (trouble.cause() == ConnectTrouble.Cause.SILENT && !answering) {
            outOfReach.run();
        }
    }

    /** Workers that end, at a reload or after {@code pm.max_requests}, close connections that they have just accepted. */
    private void greet() throws IOException {
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
}
