package org.jettyphp.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jettyphp.buffer.SpoolException;
import org.jettyphp.events.NoSlot;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.pool.Usage;
import org.jettyphp.upstream.UpstreamException;

/**
 * Why a request gets no answer from PHP. The only place where a failure becomes an HTTP status.
 *
 * @param status what the client sees
 * @param cause what the log says: what was tried, where, as whom, what to change
 * @param retryAfter seconds for {@code Retry-After}; 0: none
 */
record Failure(int status, String cause, int retryAfter) {

    private static final int SHORTLY = 2;
    private static final int LATEST = 120;

    static Failure of(IOException failure) {
        if (failure instanceof UpstreamException upstream) {
            return switch (upstream.kind()) {
                case UNREACHABLE, OVERLOADED -> unavailable(message(upstream));
                case BROKEN, ABORTED -> badGateway(message(upstream));
                case TIMED_OUT, OUT_OF_REACH -> new Failure(HttpServletResponse.SC_GATEWAY_TIMEOUT, message(upstream), 0);
            };
        }
        if (failure instanceof Sendfile.UnsendableFileException) {
            return new Failure(HttpServletResponse.SC_NOT_FOUND, message(failure), 0);
        }
        return failure instanceof SpoolException ? unavailable(message(failure)) : badGateway(message(failure));
    }

    private static String message(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    static Failure of(NoSlot refusal, PoolSettings settings, Usage usage) {
        String figures = " (busy " + usage.busy() + " of " + usage.slots() + ", waiting " + usage.waiting() + ")";
        return switch (refusal) {
            case QUEUE_FULL -> unavailable("the queue is full: queueSize=" + settings.queueSize() + figures, usage.drainTime());
            case WAITED_TOO_LONG -> usage.slots() == 0
                    ? unavailable("php-fpm has not begun anew with a pool for what php_value asks for this script within queueTimeout="
                            + text(settings.queueTimeout()) + ": another script runs for so long, or the log says what else is wrong")
                    : unavailable("no PHP worker was free within queueTimeout=" + text(settings.queueTimeout()) + figures
                            + "; more workers, or a faster script, would shorten the queue", usage.drainTime());
            case NO_THREAD ->
                unavailable("no thread could be started" + figures + "; raise the limit of open files or of threads (ulimit -n, -u)");
            case ABANDONED -> unavailable("nobody waited for the answer any more");
            case CLOSED -> stopping();
        };
    }

    /** To be tried again when the queue will have emptied, as quickly as it does now. */
    private static Failure unavailable(String cause, Duration wait) {
        long seconds = wait.isZero() ? SHORTLY : Math.min(LATEST, Math.max(1, (wait.toMillis() + 999) / 1000));
        return new Failure(HttpServletResponse.SC_SERVICE_UNAVAILABLE, cause, (int) seconds);
    }

    static Failure unavailable(String cause) {
        return new Failure(HttpServletResponse.SC_SERVICE_UNAVAILABLE, cause, SHORTLY);
    }

    /** It came too late. */
    static Failure stopping() {
        return unavailable("the application is being stopped");
    }

    static Failure badGateway(String cause) {
        return new Failure(HttpServletResponse.SC_BAD_GATEWAY, cause, 0);
    }

    static Failure badRequest(String cause) {
        return new Failure(HttpServletResponse.SC_BAD_REQUEST, cause, 0);
    }

    /** The client sends its request too slowly. */
    static Failure tooSlow(String cause) {
        return new Failure(HttpServletResponse.SC_REQUEST_TIMEOUT, cause, 0);
    }

    /** A limit on us, on PHP or on a client who reads too slowly has passed. */
    static Failure tookTooLong(String cause) {
        return new Failure(HttpServletResponse.SC_GATEWAY_TIMEOUT, cause, 0);
    }

    /** Nobody is there to read the status. */
    static Failure clientLeft(String cause) {
        return new Failure(499, "the client left: " + cause, 0);
    }

    static Failure tooLarge(long limit) {
        return new Failure(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "the request body is larger than maxRequestBody=" + limit, 0);
    }

    /** Tells when to come again; only where nothing has been sent yet, and on a thread of the container. */
    void announce(HttpServletResponse response) {
        if (retryAfter > 0) {
            response.setHeader("Retry-After", Integer.toString(retryAfter));
        }
    }

    /** As a setting would be written. */
    static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
