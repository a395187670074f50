package org.jettyphp.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jettyphp.pool.Job.Refusal;
import org.jettyphp.transport.Deadline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A number of slots and a fair queue in front of them. A job that finds a free slot starts on a thread of its own; the others wait in the
 * order they came, without a thread, and the thread that ends an exchange takes the next one itself.
 *
 * <p>Waiting here and not in PHP-FPM's backlog is what keeps requests from failing under overload: a full backlog refuses at once.
 */
public final class Slots implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
    private static final Duration IDLE_THREAD = Duration.ofSeconds(60);

    private final PoolSettings settings;
    private final LongSupplier nanoTime;
    private final ExecutorService threads;
    private final ScheduledThreadPoolExecutor clock;

    /** Guards what follows; held for a few field accesses only. */
    private final Object lock = new Object();

    private final WaitingLine line;
    private final DrainRate drain = new DrainRate();
    private int busy;
    private boolean sweeping;
    private boolean closed;

    /** Makes the slots; no thread is started before the first job. */
    public Slots(PoolSettings settings, String name) {
        this(settings, name, ExchangeThread::new, System::nanoTime);
    }

    /** How a thread for exchanges is made. */
    interface ThreadMaker {
        ExchangeThread make(Runnable work, String name, ClassLoader loader);
    }

    Slots(PoolSettings settings, String name, ThreadMaker maker, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.line = new WaitingLine(settings.maxPerClient());
        AtomicInteger count = new AtomicInteger();
        ClassLoader loader = Slots.class.getClassLoader();
        // As many core threads as slots and an unbounded queue: a job that has a slot is never turned away.
        ThreadPoolExecutor pool = new ThreadPoolExecutor(settings.slots(), settings.slots(), IDLE_THREAD.toSeconds(), TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), work -> maker.make(work, name + "-" + count.incrementAndGet(), loader));
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
        clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(null, work, name + "-queue-clock", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
        clock.setKeepAliveTime(IDLE_THREAD.toSeconds(), TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    /** Runs the job now or later, or refuses it. */
    public void submit(Job job) {
        Refusal refusal = null;
        boolean start = false;
        synchronized (lock) {
            if (closed) {
                refusal = Refusal.CLOSED;
            } else if (busy < settings.slots() && line.mayRun(job)) {
                busy++;
                line.begun(job);
                start = true;
            } else if (line.size() >= settings.queueSize()) {
                refusal = Refusal.QUEUE_FULL;
            } else {
                line.add(job, Deadline.in(settings.queueTimeout(), nanoTime));
                sweepLater();
            }
        }
        if (start) {
            start(job);
        } else if (refusal != null) {
            job.refuse(refusal);
        }
    }

    /** Without a thread (no memory or descriptor is left for one, or the slots were closed just now) the slot must not be lost. */
    private void start(Job job) {
        try {
            threads.execute(() -> runAndGoOn(job));
        } catch (RuntimeException | OutOfMemoryError noThread) {
            LOG.error("No thread for an exchange", noThread);
            List<Job> refused = new ArrayList<>(List.of(job));
            Refusal why;
            synchronized (lock) {
                busy--;
                line.ended(job);
                why = closed ? Refusal.CLOSED : Refusal.NO_THREAD;
                if (busy == 0) {
                    // Who waits would wait for a thread that ends an exchange, and there is none.
                    refused.addAll(line.removeAll());
                }
            }
            refused.forEach(each -> refuse(each, why));
        }
    }

    /** Takes a job out of the queue; false if it has been started, refused or was never there. */
    public boolean withdraw(Job job) {
        synchronized (lock) {
            return line.remove(job);
        }
    }

    /** What is in use now. */
    public Usage usage() {
        synchronized (lock) {
            return new Usage(busy, line.size(), settings.slots(), drain.of(line.size() + 1));
        }
    }

    /**
     * A moment's figures.
     *
     * @param busy slots in use
     * @param waiting jobs that wait
     * @param slots slots in all
     * @param drainTime how long a job that came now would wait, as quickly as jobs have ended lately; zero: not known
     */
    public record Usage(int busy, int waiting, int slots, Duration drainTime) {}

    private void runAndGoOn(Job first) {
        ExchangeThread thread = (ExchangeThread) Thread.currentThread();
        for (Job job = first; job != null; job = next(job)) {
            try {
                job.run(thread);
            } catch (RuntimeException | Error broken) {
                LOG.error("An exchange ended with a defect of ours", broken);
            }
        }
    }

    private @Nullable Job next(Job ended) {
        synchronized (lock) {
            line.ended(ended);
            Job next = line.poll();
            if (next == null) {
                busy--;
                drain.idle();
                lock.notifyAll();
            } else {
                drain.ended(nanoTime.getAsLong());
            }
            return next;
        }
    }

    /** All wait equally long, so only the one who came first can be the next to give up. Called with the lock held. */
    private void sweepLater() {
        Deadline first = line.firstDeadline();
        if (!sweeping && first != null && first.ends()) {
            sweeping = true;
            var unused = clock.schedule(this::sweep, first.remainingNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Refuses who has waited for too long; on the clock's thread. */
    void sweep() {
        List<Job> late;
        synchronized (lock) {
            late = line.removeLate();
            sweeping = false;
            if (!closed) {
                sweepLater();
            }
        }
        late.forEach(job -> refuse(job, Refusal.WAITED_TOO_LONG));
    }

    private static void refuse(Job job, Refusal refusal) {
        try {
            job.refuse(refusal);
        } catch (RuntimeException broken) {
            LOG.error("A refusal ended with a defect of ours", broken);
        }
    }

    /** Refuses who comes, lets what runs and what waits go on for so long, then refuses who still waits. */
    public void close(Duration grace) {
        Deadline deadline = Deadline.in(grace);
        List<Job> waiting;
        int running;
        synchronized (lock) {
            closed = true;
            try {
                while (deadline.ends() && !deadline.isPast() && busy > 0) {
                    TimeUnit.NANOSECONDS.timedWait(lock, deadline.remainingNanos());
                }
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
            waiting = line.removeAll();
            running = busy;
        }
        waiting.forEach(job -> refuse(job, Refusal.CLOSED));
        clock.shutdownNow();
        threads.shutdown();
        if (running > 0) {
            LOG.warn("{} exchanges still run and {} requests still waited when the time to stop was over", running, waiting.size());
        }
    }

    @Override
    public void close() {
        close(settings.stopTimeout());
    }
}
