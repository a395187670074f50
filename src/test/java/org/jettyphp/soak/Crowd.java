package org.jettyphp.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many clients at once, who ask for what a seed makes of the number of each request. */
final class Crowd {

    private static final int FAULTS_ENOUGH = 5;
    private static final Duration BOUND = Duration.ofMinutes(3);
    private static final Duration BOUND_A_REQUEST = Duration.ofMillis(60);

    private final int port;
    private final Path markers;
    private final long seed;
    private final Runnable afterEach;
    private final Pace pace = new Pace();

    /**
     * Makes it; nobody asks yet.
     *
     * @param markers a directory that PHP can read
     * @param afterEach what to do after each request
     */
    Crowd(int port, Path markers, long seed, Runnable afterEach) {
        this.port = port;
        this.markers = markers;
        this.seed = seed;
        this.afterEach = afterEach;
    }

    /** Ends early when some answers were wrong; those and whatever else went wrong are the faults of the tally. */
    Tally run(int clients, int first, int requests) throws InterruptedException {
        Tally tally = new Tally();
        AtomicInteger next = new AtomicInteger(first);
        ExecutorService threads = Executors.newFixedThreadPool(clients, work -> new Thread(work, "soak-client"));
        for (int i = 0; i < clients; i++) {
            threads.execute(() -> {
                for (int number = next.getAndIncrement(); number < first + requests
                        && tally.faults().size() < FAULTS_ENOUGH; number = next.getAndIncrement()) {
                    request(number, tally);
                }
            });
        }
        threads.shutdown();
        Duration bound = BOUND.plus(BOUND_A_REQUEST.multipliedBy(requests));
        if (!threads.awaitTermination(bound.toMillis(), TimeUnit.MILLISECONDS)) {
            tally.addFault("not done within " + bound);
            threads.shutdownNow();
        }
        return tally;
    }

    private void request(int number, Tally tally) {
        Random random = new Random(seed * 1_000_003 + number);
        String what = "request " + number;
        try {
            Ask ask = Ask.random(random, number, markers);
            Leaving leaving = Leaving.random(random, ask);
            what += ", " + ask.kind() + " " + ask.path() + ", " + leaving;
            tally.add(ask.kind(), ask.kind().isHttp2() ? new Http2Client(port, ask, leaving).run()
                    : new Http1Client(port, ask, leaving, pace).run());
        } catch (Exception | AssertionError fault) {
            tally.addFault(what + ": " + fault);
        } finally {
            pace.oneHasEnded();
            afterEach.run();
        }
    }
}
