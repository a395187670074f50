package org.jettyphp.pool;

import java.time.Duration;

/**
 * A moment's figures of all {@link Slots}.
 *
 * @param busy slots in use
 * @param waiting jobs that wait
 * @param slots slots in all
 * @param drainTime how long a job that came now would wait, as quickly as jobs have ended lately; zero: not known
 */
public record Usage(int busy, int waiting, int slots, Duration drainTime) {}
