package org.jettyphp.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jettyphp.soak.Ask.Kind;

/** Clients who come when they come, however many are being served: what a seed makes of the number of each request, in the usual mix. */
final class Arrivals {

    private static final Duration LAST_ANSWER = Duration.ofMinutes(2);

    private final int port;
    private final Path markers;
    private final long seed;
    private final Pace pace = new Pace();
    private final Tally tally = new Tally();
    private final List<Failure> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> new Thread(work, "soak-client"));
    private final long start = System.nanoTime();
    private volatile boolean over;

    /**
     * A request that had another end than it should have.
     *
     * @param second since the beginning
     */
    record Failure(long second, Kind kind, String what) {

        /** A POST that may have run, or an answer that was under way. */
        boolean mayBeAKilledWorkers() {
            return what.contains("not whole") || what.contains("502") && kind.isUpload();
        }
    }

    Arrivals(int port, Path markers, long seed) {
        this.port = port;
        this.markers = markers;
        this.seed = seed;
    }

    /** How many requests a second end while so many clients ask one after the other. */
    double capacity(int clients, Duration time) {
        long until = System.nanoTime() + time.toNanos();
        int before = ended.get();
        for (int i = 0; i < clients; i++) {
            threads.execute(() -> {
                while (System.nanoTime() < until) {
                    request(number.getAndIncrement());
                }
            });
        }
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        return (ended.get() - before) / (double) time.toSeconds();
    }

    /** From now on so many come in a second on average, independently of each other. */
    void begin(double perSecond) {
        Thread door = new Thread(() -> {
            Random random = new Random(seed);
            double due = System.nanoTime();
            while (!over) {
                due -= Math.log(1 - random.nextDouble()) * TimeUnit.SECONDS.toNanos(1) / perSecond;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos((long) due - System.nanoTime());
                }
                int next = number.getAndIncrement();
                threads.execute(() -> request(next));
            }
            threads.shutdown();
        }, "soak-door");
        door.start();
    }

    private void request(int which) {
        Random random = new Random(seed * 1_000_003 + which);
        Kind kind = Mix.random(random);
        try {
            Ask ask = Ask.of(kind, random, which, markers);
            Leaving leaving = Leaving.random(random, ask);
            Outcome outcome = kind.isHttp2() ? new Http2Client(port, ask, leaving).run() : new Http1Client(port, ask, leaving, pace).run();
            tally.add(kind, outcome);
            if (outcome == Outcome.REFUSED) {
                fail(kind, "503");
            }
        } catch (Exception | AssertionError fault) {
            fail(kind, fault.toString());
        } finally {
            ended.incrementAndGet();
            pace.oneHasEnded();
        }
    }

    private void fail(Kind kind, String what) {
        failures.add(new Failure(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), kind, what));
    }

    /** Nobody comes any more; returns when all have been served. */
    void end() throws InterruptedException {
        over = true;
        if (!threads.awaitTermination(LAST_ANSWER.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("not all were answered within " + LAST_ANSWER);
        }
    }

    int ended() {
        return ended.get();
    }

    List<Failure> failures() {
        return failures;
    }

    Tally tally() {
        return tally;
    }
}
