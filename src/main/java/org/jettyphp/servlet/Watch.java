package org.jettyphp.servlet;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every request under way a few times a second: has one of its limits passed, has its client left? One thread for all of them, and
 * only while there are any; a timer for each request would cost more than the request's own part in the round. Whether a client has left
 * costs a system call, so where many wait each of them is asked less often.
 */
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final long INTERVAL_MILLIS = 250;
    private static final long IDLE_THREAD_SECONDS = 60;

    /** So many connections are looked at in a round, give or take: 2,000 a second. */
    private static final int PRESENT_IN_A_ROUND = 500;

    private final Set<Watched> all = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor clock;

    /** On the watch's thread. */
    private int rounds;

    /** What is looked at. */
    interface Watched {
        /**
         * On the watch's thread, which it must not hold up.
         *
         * @param presence whether to look for the client too
         */
        void look(long nanoTime, boolean presence);

        /** The time to stop is over. */
        void endNow();
    }

    Watch() {
        clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(null, work, "php-fpm-watch", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Watch.class.getClassLoader());
            return thread;
        });
        clock.setKeepAliveTime(IDLE_THREAD_SECONDS, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        // A request that comes while the application is being stopped.
        clock.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void add(Watched watched) {
        all.add(watched);
        if (!scheduled.get()) {
            schedule();
        }
    }

    void remove(Watched watched) {
        all.remove(watched);
    }

    /** How many requests are under way. */
    int size() {
        return all.size();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            var unused = clock.schedule(this::round, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void round() {
        scheduled.set(false);
        long now = System.nanoTime();
        int groups = 1 + all.size() / PRESENT_IN_A_ROUND;
        int turn = Math.floorMod(rounds++, groups);
        for (Watched watched : all) {
            try {
                watched.look(now, Math.floorMod(System.identityHashCode(watched), groups) == turn);
            } catch (RuntimeException defect) {
                LOG.error("A defect of ours", defect);
            }
        }
        if (!all.isEmpty()) {
            schedule();
        }
    }

    /** Ends what is under way. */
    void endAll() {
        all.forEach(Watched::endNow);
    }

    /** Looks no more, and ends what is still under way: a container that lives on would let it run, without its application. */
    @Override
    public void close() {
        clock.shutdownNow();
        endAll();
    }
}
