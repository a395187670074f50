package org.jettyphp.pool;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jettyphp.events.Events;
import org.jettyphp.events.NoSlot;
import org.jspecify.annotations.Nullable;
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
     * Whoever finds that many wait, or too many, lets others go first: exchanges and PHP take turns on the processor with all who come, and these
     * can only wait, or are refused and come back at once. Of the rate of 32 clients PHP answered 0.82 for 10,000 without, and 1.00 with; 0.64
     * and 0.81 for 2,000 of whom 500 might wait. Where few wait it would double what the slowest hundredth takes.
     *
     * @param refusal null: it waits
     * @param many whether many wait
     */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it but how fast it goes
    void standBack(Claim claim, @Nullable NoSlot refusal, boolean many) {
        if (many || refusal == NoSlot.QUEUE_FULL) {
            Thread.yield();
        }
        if (refusal != null) {
            refuse(claim, refusal);
        }
    }

    void refuse(Claim claim, NoSlot why) {
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
