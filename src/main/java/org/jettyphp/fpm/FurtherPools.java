package org.jettyphp.fpm;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pools beside the main one. Those that are asked for are made together, on a thread that is there only while some are awaited: php-fpm begins
 * anew when its workers have ended what they do, and nobody else waits for that. Any thread.
 */
final class FurtherPools implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FurtherPools.class);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
    private static final long PAUSE_MILLIS = 20;
    private static final long AFTER_A_FAULT_MILLIS = 10_000;

    /** Longer than php-fpm takes to begin anew, if it does: {@code stopTimeout} and some seconds. */
    private final Duration limit;

    private final IntFunction<Path> sockets;
    private final BooleanSupplier reload;
    private final List<FurtherPool> all = new ArrayList<>();
    private final List<FurtherPool> awaited = new ArrayList<>();
    private int made;
    private boolean making;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * None yet.
     *
     * @param limit how long php-fpm may take to begin anew
     * @param sockets where the pool of a number listens
     * @param reload lets php-fpm begin anew with {@link #all()}; false: it keeps what it has
     */
    FurtherPools(Duration limit, IntFunction<Path> sockets, BooleanSupplier reload) {
        this.limit = limit;
        this.sockets = sockets;
        this.reload = reload;
    }

    /** Has one made; returns at once. */
    synchronized Path add(Map<String, String> values, Consumer<Path> whenUp) {
        int number = ++made;
        FurtherPool added = new FurtherPool(number, Map.copyOf(values), sockets.apply(number), whenUp);
        all.add(added);
        awaited.add(added);
        if (!making && isOpen()) {
            Thread thread = new Thread(null, this::make, "php-fpm-pools", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(FurtherPools.class.getClassLoader());
            thread.start();
            making = true;
        }
        return added.socket();
    }

    /** From the next time on that php-fpm begins anew there is none at this socket. */
    synchronized void remove(Path socket) {
        all.removeIf(pool -> pool.socket().equals(socket));
        awaited.removeIf(pool -> pool.socket().equals(socket));
    }

    /** Those that php-fpm is to have. */
    synchronized List<FurtherPool> all() {
        return List.copyOf(all);
    }

    private void make() {
        try {
            for (List<FurtherPool> next = awaited(); !next.isEmpty(); next = awaited()) {
                if (reload.getAsBoolean()) {
                    awaitAnswers(next);
                } else {
                    pause(AFTER_A_FAULT_MILLIS);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those that are not up; some may be that were added when php-fpm was about to begin anew for others. */
    private List<FurtherPool> awaited() {
        List<FurtherPool> silent;
        do {
            silent = new ArrayList<>(next());
        } while (silent.removeIf(this::isUp));
        return silent;
    }

    private synchronized List<FurtherPool> next() {
        making = isOpen() && !awaited.isEmpty();
        return making ? List.copyOf(awaited) : List.of();
    }

    private void awaitAnswers(List<FurtherPool> silent) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (!silent.isEmpty() && isOpen() && System.nanoTime() - until < 0) {
            silent.removeIf(this::isUp);
            if (!silent.isEmpty()) {
                pause(PAUSE_MILLIS);
            }
        }
    }

    private boolean isUp(FurtherPool pool) {
        try {
            new FpmQuestion(pool.socket(), ANSWER_LIMIT).ping();
        } catch (IOException notYet) {
            LOG.trace("{} does not answer yet", pool.socket(), notYet);
            return false;
        }
        synchronized (this) {
            awaited.remove(pool);
        }
        LOG.info("php-fpm has one more pool, at {}, with {}", pool.socket(), pool.values());
        pool.whenUp().accept(pool.socket());
        return true;
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    private void pause(long millis) throws InterruptedException {
        if (closed.await(millis, TimeUnit.MILLISECONDS)) {
            LOG.debug("No more pools are made");
        }
    }

    /** No more are made. */
    @Override
    public void close() {
        closed.countDown();
    }
}
