package org.jettyphp.upstream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again at what changes without a request: whether PHP-FPMs live, what they say of themselves, where they are. */
final class Checks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

    /** A check that waits for an answer holds one, for some seconds at most. */
    private static final int THREADS = 4;

    private static final long IDLE_SECONDS = 60;
    private static final long AFTER_A_DEFECT_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Something to look at; on one of our threads, one at a time. */
    interface Check {
        /** Looks, and says in how many nanoseconds to look again. */
        long look();
    }

    private final ScheduledThreadPoolExecutor executor;

    /** With a mark of its own for each time that it was begun. */
    private final Map<Check, Object> begun = new HashMap<>();

    /** No thread is started before there is something to look at. */
    Checks() {
        AtomicInteger count = new AtomicInteger();
        executor = new ScheduledThreadPoolExecutor(THREADS, work -> {
            Thread thread = new Thread(null, work, "php-fpm-check-" + count.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Checks.class.getClassLoader());
            return thread;
        });
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    /** From now on these are made, the new ones at once, and no others. */
    synchronized void keep(List<Check> checks) {
        begun.keySet().retainAll(checks);
        for (Check check : checks) {
            if (!begun.containsKey(check)) {
                Object mark = new Object();
                begun.put(check, mark);
                schedule(check, mark, 0);
            }
        }
    }

    private synchronized void schedule(Check check, Object mark, long nanos) {
        if (begun.get(check) == mark && !executor.isShutdown()) {
            var unused = executor.schedule(() -> run(check, mark), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void run(Check check, Object mark) {
        long next = AFTER_A_DEFECT_NANOS;
        try {
            next = check.look();
        } catch (RuntimeException | Error broken) {
            LOG.error("A check ended with a defect of ours", broken);
        } finally {
            schedule(check, mark, next);
        }
    }

    @Override
    public synchronized void close() {
        begun.clear();
        executor.shutdownNow();
    }
}
