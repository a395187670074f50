package org.jettyphp.launch;

import java.net.SocketAddress;
import java.time.Duration;
import org.jettyphp.events.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that connections were ended whose heads took too long: a line every ten seconds at most, with how many there were, since who
 * means harm opens thousands of them. Any thread.
 */
final class SlowHeads {

    private static final Logger LOG = LoggerFactory.getLogger(SlowHeads.class);
    private static final Duration LOG_EVERY = Duration.ofSeconds(10);

    private final Duration limit;
    private final LogThrottle throttle;

    SlowHeads(Duration limit) {
        this.limit = limit;
        this.throttle = new LogThrottle(LOG_EVERY, System::nanoTime);
    }

    Duration limit() {
        return limit;
    }

    /** One was ended. */
    void ended(SocketAddress client) {
        int since = throttle.toBeLogged();
        if (since > 0) {
            LOG.info("{} ended: the head of a request was not complete after {} ms, the limit (headTimeout); the last one from {}",
                    since == 1 ? "1 connection was" : since + " connections were", limit.toMillis(), client);
        }
    }
}
