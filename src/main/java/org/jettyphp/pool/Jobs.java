package org.jettyphp.pool;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jettyphp.events.Events;
import org.jettyphp.events.NoSlot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls jobs, with no lock held, and tells who listens; what a job throws harms no other one. Any thread. */
final class Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    private final Events events;
    private final LongSupplier nanoTime;

    Jobs(Events events, LongSupplier nanoTime) {
        this.events = events;
        this.nanoTime = nanoTime;
    }

    void queued(Job job) {
        events.tell(listener -> listener.queued(job.request()));
    }

    /** With a slot of the lane, before its thread is woken. */
    void ahead(Claim claim, Lane lane) {
        try {
            claim.job().ahead(lane);
        } catch (RuntimeException | Error broken) {
            LOG.error("What can be done ahead of an exchange ended with a defect of ours", broken);
        }
    }

    /** With a slot of the lane, which is in use meanwhile. */
    Job.Outcome run(Claim claim, Lane lane, ExchangeThread thread) {
        Job job = claim.job();
        try {
            if (job.isWanted()) {
                Duration waited = claim.waited(nanoTime.getAsLong());
                events.tell(listener -> listener.granted(job.request(), lane.name(), waited));
                return job.run(thread, lane);
            }
            refuse(claim, NoSlot.ABANDONED);
        } catch (RuntimeException | Error broken) {
            LOG.error("An exchange ended with a defect of ours", broken);
        }
        return Job.Outcome.DONE;
    }

    /**
     * Who is refused since too many wait lets others go first: those who are refused come back at once, and what that costs is taken from
     * the exchanges and from PHP, as long as their threads have to take turns with all who refuse. PHP answered 0.64 of its best rate
     * without, and 0.81 with, for 2,000 clients of whom 500 may wait.
     */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it but how fast it goes
    void refuse(Claim claim, NoSlot why) {
        if (why == NoSlot.QUEUE_FULL) {
            Thread.yield();
        }
        gaveUp(claim, why);
        try {
            claim.job().refuse(why);
        } catch (RuntimeException broken) {
            LOG.error("A refusal ended with a defect of ours", broken);
        }
    }

    /** For a job that knows it already. */
    void gaveUp(Claim claim, NoSlot why) {
        Duration waited = claim.waited(nanoTime.getAsLong());
        events.tell(listener -> listener.gaveUp(claim.job().request(), why, waited));
    }
}
