package org.jettyphp.pool;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that run exchanges, as many as there are slots, and the one that says when a time has come. All end after a while without work. */
final class ExchangeThreads {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeThreads.class);
    private static final String NAME = "php-fpm-exchange";
    private static final long IDLE_SECONDS = 60;

    /** Exchanges that are told to end do so at once; what they say about it may need classes that only a living application can load. */
    private static final long LAST_SECONDS = 2;

    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor clock;

    /** How a thread for exchanges is made. */
    interface Maker {
        ExchangeThread make(Runnable work, String name, ClassLoader loader);
    }

    /** None is started yet. */
    ExchangeThreads(int slots, Maker maker) {
        AtomicInteger count = new AtomicInteger();
        ClassLoader loader = ExchangeThreads.class.getClassLoader();
        // As many core threads as slots and an unbounded queue: a job that has a slot is never turned away.
        pool = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                work -> maker.make(work, NAME + "-" + count.incrementAndGet(), loader));
        pool.allowCoreThreadTimeOut(true);
        atLeast(slots);
        clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(null, work, NAME + "-queue-clock", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
        clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    /** From now on at least so many may run at once. Not fewer than before: what runs in slots that are gone still has its threads. */
    synchronized void atLeast(int threads) {
        if (threads > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(threads);
            pool.setCorePoolSize(threads);
        }
    }

    /** On an {@link ExchangeThread}. */
    void execute(Runnable work) {
        pool.execute(work);
    }

    /** On the clock's thread, which it must not hold up. */
    void later(Runnable work, long nanos) {
        var unused = clock.schedule(work, nanos, TimeUnit.NANOSECONDS);
    }

    /** What runs is left to end by itself. */
    void end() {
        clock.shutdownNow();
        pool.shutdown();
    }

    /** After {@link #end}: waits until none runs any more. */
    void awaitEnd() {
        try {
            if (!pool.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} exchanges do not end", pool.getActiveCount());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
