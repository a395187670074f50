package org.jettyphp.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jettyphp.events.Events;
import org.jettyphp.events.NoSlot;
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

    private volatile PoolSettings settings;
    private final Jobs jobs;
    private final LongSupplier nanoTime;
    private final ExchangeThreads threads;

    /** Guards what follows; held for a few field accesses only. */
    private final Object lock = new Object();

    private final WaitingLine line;
    private final Lanes lanes;
    private final DrainRate drain = new DrainRate();
    private int busy;
    private boolean sweeping;
    private boolean closed;

    /** Makes the slots; no thread is started before the first job. */
    public Slots(PoolSettings settings, List<Lane> lanes, Balance balance, Events events) {
        this(settings, new Lanes(lanes, balance), events, ExchangeThread::new, System::nanoTime);
    }

    Slots(PoolSettings settings, Lanes lanes, Events events, ExchangeThreads.Maker maker, LongSupplier nanoTime) {
        this.settings = settings;
        this.jobs = new Jobs(events, nanoTime);
        this.nanoTime = nanoTime;
        this.line = new WaitingLine(settings.maxPerClient());
        this.lanes = lanes;
        this.threads = new ExchangeThreads(lanes.slots(), maker);
    }

    /** A job that has a slot of a lane. */
    private record Run(Claim claim, Lane lane) {}

    /** Runs the job now or later, or refuses it. */
    public void submit(Job job) {
        jobs.queued(job);
        Claim claim = new Claim(job, nanoTime.getAsLong(), Deadline.in(settings.queueTimeout(), nanoTime));
        NoSlot refusal = null;
        Run run = null;
        boolean many = false;
        synchronized (lock) {
            Lane lane = closed || !line.mayRun(job) ? null : lanes.free(job);
            if (closed) {
                refusal = NoSlot.CLOSED;
            } else if (lane != null) {
                line.begun(job);
                run = taken(claim, lane);
            } else if (line.size() >= settings.queueSize()) {
                refusal = NoSlot.QUEUE_FULL;
            } else {
                line.add(claim);
                many = line.isLong();
                sweepLater();
            }
        }
        if (run != null) {
            jobs.ahead(claim, run.lane);
            start(run);
        } else {
            jobs.standBack(claim, refusal, many);
        }
    }

    private Run taken(Claim claim, Lane lane) {
        lane.take();
        busy++;
        return new Run(claim, lane);
    }

    /** Without a thread (no memory or descriptor is left for one, or the slots were closed just now) the slot must not be lost. */
    private void start(Run run) {
        try {
            threads.execute(() -> runAndGoOn(run));
        } catch (RuntimeException | Error noThread) {
            LOG.error("No thread for an exchange", noThread);
            List<Claim> refused = new ArrayList<>(List.of(run.claim));
            NoSlot why;
            Runnable afterwards;
            synchronized (lock) {
                busy--;
                afterwards = lanes.give(run.lane);
                line.ended(run.claim.job());
                why = closed ? NoSlot.CLOSED : NoSlot.NO_THREAD;
                if (busy == 0) {
                    // Who waits would wait for a thread that ends an exchange, and there is none.
                    refused.addAll(line.removeAll());
                }
            }
            refused.forEach(each -> jobs.refuse(each, why));
            afterwards.run();
        }
    }

    /** Takes a job out of the queue that nobody wants any more; false if it has been started, refused or was never there. */
    public boolean withdraw(Job job) {
        Claim claim;
        synchronized (lock) {
            claim = line.remove(job);
        }
        if (claim != null) {
            jobs.gaveUp(claim, NoSlot.ABANDONED);
        }
        return claim != null;
    }

    /**
     * From now on these take requests, in this order; one that was there before and is not named drains: it gets no new request, and what
     * runs there ends by itself. Nobody loses a place in the queue.
     *
     * @param to at least one; may name one that drains
     * @param gone told of each that drains when its last request has ended, on the thread that ended it; it may have been named again since
     */
    public void arrange(List<Lane> to, Consumer<Lane> gone) {
        Runnable afterwards;
        synchronized (lock) {
            afterwards = lanes.arrange(to, gone);
            threads.atLeast(lanes.mostRunning());
        }
        afterwards.run();
        look();
    }

    /** Gives a lane more or fewer slots, or another weight. With fewer, as many end before the next request begins there. */
    public void change(Lane lane, Lane.Share share) {
        synchronized (lock) {
            lane.change(share);
            threads.atLeast(lanes.mostRunning());
        }
        look();
    }

    /** From now on {@code queueSize} and {@code queueTimeout} are these for who comes; who waits already may wait as long as it was told. */
    public void change(PoolSettings to) {
        settings = to;
    }

    /** Whether there is a PHP-FPM that could take what this one could not begin. */
    public boolean hasOther(Lane than) {
        synchronized (lock) {
            return lanes.hasOther(than);
        }
    }

    /** Slots of a PHP-FPM that are not in use. */
    public int free(Lane lane) {
        synchronized (lock) {
            return lane.slots() - lane.busy();
        }
    }

    /** What is in use now. */
    public Usage usage() {
        synchronized (lock) {
            return new Usage(busy, line.size(), lanes.slots(), drain.of(line.size() + 1));
        }
    }

    private void runAndGoOn(Run first) {
        ExchangeThread thread = (ExchangeThread) Thread.currentThread();
        for (Run run = first; run != null;) {
            run = next(run, jobs.run(run.claim, run.lane, thread));
        }
    }

    private @Nullable Run next(Run ended, Job.Outcome outcome) {
        List<Run> elsewhere = new ArrayList<>(0);
        Run next = null;
        boolean refused = false;
        Runnable afterwards = Lanes.NOTHING;
        synchronized (lock) {
            line.ended(ended.claim.job());
            if (outcome == Job.Outcome.ELSEWHERE) {
                refused = closed;
                if (!closed) {
                    line.addFirst(ended.claim.again(nanoTime.getAsLong()));
                    sweepLater();
                }
            }
            Claim waiter = lanes.mayGoOn(ended.lane) ? line.poll() : null;
            if (waiter == null) {
                busy--;
                afterwards = lanes.give(ended.lane);
                drain.idle();
                lock.notifyAll();
            } else {
                drain.ended(nanoTime.getAsLong());
                next = new Run(waiter, ended.lane);
            }
            findLanes(elsewhere);
        }
        if (refused) {
            jobs.refuse(ended.claim, NoSlot.CLOSED);
        }
        elsewhere.forEach(this::start);
        afterwards.run();
        return next;
    }

    /** A PHP-FPM may be in again or have more slots, or a job may have been given back while others have free slots. With the lock held. */
    private void findLanes(List<Run> starting) {
        for (Job job = line.peek(); job != null; job = line.peek()) {
            Lane lane = lanes.free(job);
            if (lane == null) {
                return;
            }
            starting.add(taken(Objects.requireNonNull(line.poll()), lane));
        }
    }

    /** Starts who waits where there is a free slot; any thread, when a PHP-FPM is in that was not, or has more slots. */
    public void look() {
        List<Run> starting = new ArrayList<>();
        synchronized (lock) {
            findLanes(starting);
        }
        starting.forEach(this::start);
    }

    /** All wait equally long, so the first is the next to give up; who came after a shorter queueTimeout waits for it too. With the lock held. */
    private void sweepLater() {
        Deadline first = line.firstDeadline();
        if (!sweeping && first != null && first.ends()) {
            sweeping = true;
            threads.later(this::sweep, first.remainingNanos());
        }
    }

    /** Refuses who has waited for too long; on the clock's thread. */
    void sweep() {
        List<Claim> late;
        synchronized (lock) {
            late = line.removeLate();
            sweeping = false;
            if (!closed) {
                sweepLater();
            }
        }
        late.forEach(claim -> jobs.refuse(claim, NoSlot.WAITED_TOO_LONG));
    }

    /** Refuses who comes, lets what runs and what waits go on for so long, then refuses who still waits. */
    public void close(Duration grace) {
        Deadline deadline = Deadline.in(grace);
        List<Claim> waiting;
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
        waiting.forEach(claim -> jobs.refuse(claim, NoSlot.CLOSED));
        threads.end();
        if (running > 0) {
            LOG.warn("{} exchanges still run and {} requests still waited when the time to stop was over", running, waiting.size());
        }
    }

    /** After they have been closed: waits for the exchanges that still run. */
    public void awaitEnd() {
        threads.awaitEnd();
    }

    @Override
    public void close() {
        close(settings.stopTimeout());
    }
}
