package org.jettyphp.servlet;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jettyphp.events.LogThrottle;
import org.jettyphp.events.NoSlot;

/**
 * Says in the log that requests get no worker: for each reason a line a second at most, with how many there were, since there are thousands of
 * them in a second when there is one too many. The access log has each. Any thread.
 */
final class OverloadLog {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Map<NoSlot, LogThrottle> throttles;

    OverloadLog(LongSupplier nanoTime) {
        throttles = Map.of(NoSlot.QUEUE_FULL, new LogThrottle(EVERY, nanoTime), NoSlot.WAITED_TOO_LONG, new LogThrottle(EVERY, nanoTime));
    }

    /** One gets none. */
    void refused(RequestLine line, NoSlot why, Failure failure) {
        LogThrottle throttle = throttles.get(why);
        if (throttle == null) {
            line.log(failure);
            return;
        }
        int since = throttle.toBeLogged();
        if (since > 0) {
            line.log(failure, since - 1);
        }
    }
}
