package org.jettyphp.pool;

import java.time.Duration;
import org.jettyphp.transport.Deadline;

/**
 * A job's claim to a slot.
 *
 * @param since when it was made, on the clock of {@link System#nanoTime()}
 * @param until by when it must have found a PHP-FPM that takes it
 */
record Claim(Job job, long since, Deadline until) {

    /** The same job's after it could not begin where it had a slot: it waits anew, but not for longer. */
    Claim again(long nanoTime) {
        return new Claim(job, nanoTime, until);
    }

    Duration waited(long nanoTime) {
        return Duration.ofNanos(nanoTime - since);
    }
}
