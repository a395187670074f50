package org.jettyphp.launch;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that connections were ended whose heads took too long: a line every ten seconds at most, with how many there were, since who
 * means harm opens thousands of them. Any thread.
 */
final class SlowHeads {

    private static final Logger LOG = LoggerFactory.getLogger(SlowHeads.class);
    private static final long LOG_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Duration limit;
    private final LongSupplier nanoTime;
    private int ended;
    private long loggedAt;

    SlowHeads(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.loggedAt = nanoTime.getAsLong() - LOG_EVERY_NANOS;
    }

    Duration limit() {
        return limit;
    }

    /** One was ended. */
    void ended(SocketAddress client) {
        int since = toBeLogged();
        if (since > 0) {
            LOG.info("{} ended: the head of a request was not complete after {} ms, the limit (headTimeout); the last one from {}",
                    since == 1 ? "1 connection was" : since + " connections were", limit.toMillis(), client);
        }
    }

    /** How many have been ended since the last line in the log; 0: that was just now. */
    synchronized int toBeLogged() {
        ended++;
        long now = nanoTime.getAsLong();
        if (now - loggedAt < LOG_EVERY_NANOS) {
            return 0;
        }
        int all = ended;
        loggedAt = now;
        ended = 0;
        return all;
    }
}
