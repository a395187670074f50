package org.jettyphp.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jettyphp.events.PoolStatus;
import org.jettyphp.fastcgi.Question;
import org.jettyphp.transport.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a PHP-FPM for its {@code pm.status_path}. */
final class StatusCheck implements Checks.Check {

    private static final Logger LOG = LoggerFactory.getLogger(StatusCheck.class);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long SHORTLY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** What is not set in the pool is written into PHP-FPM's log as a script that is not there. */
    private static final long AFTER_A_BAD_ANSWER_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Target target;
    private final String path;
    private final IntSupplier free;
    private final Consumer<PoolStatus> listener;
    private String complaint = "";

    /**
     * Nothing is asked yet.
     *
     * @param free how many of its slots are not in use: without a {@code pm.status_listen} the answer takes a worker that a client might need
     */
    StatusCheck(Target target, String path, IntSupplier free, Consumer<PoolStatus> listener) {
        this.target = target;
        this.path = path;
        this.free = free;
        this.listener = listener;
    }

    @Override
    public long look() {
        @Nullable Address own = target.status();
        if (own == null && free.getAsInt() <= 0) {
            return SHORTLY_NANOS;
        }
        Address asked = own != null ? own : target.address();
        try {
            listener.accept(StatusAnswer.read(new Question(asked, LIMIT).ask(Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", path,
                    "SCRIPT_FILENAME", path, "QUERY_STRING", "json&full"))));
            complaint = "";
            // It may be about to start more.
            return free.getAsInt() > 0 ? EVERY_NANOS : SHORTLY_NANOS;
        } catch (StatusAnswer.NoStatusException other) {
            complain("it answered " + other.getMessage() + "; set pm.status_path = " + path + " in its pool"
                    + (own != null ? ", whose pm.status_listen ought to be " + own : ""));
            return AFTER_A_BAD_ANSWER_NANOS;
        } catch (IOException failed) {
            // Where requests go too they tell whether it is there.
            if (own != null) {
                complain("asked at " + own + ": " + ConnectTrouble.of(own, failed).advice() + " (pm.status_listen of its pool)");
            }
            return EVERY_NANOS;
        }
    }

    /** Once for each reason. */
    private void complain(String why) {
        if (!why.equals(complaint)) {
            complaint = why;
            LOG.warn("PHP-FPM at {} does not tell its status, so its number of workers is not known: {}", target.address(), why);
        }
    }
}
