package org.jettyphp.servlet;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;

/**
 * What is known of a request body before it comes, and what is wrong with one that does not come as announced.
 *
 * @param declared its Content-Length; negative if unknown
 * @param largest maxRequestBody; 0: no limit
 */
record BodyLimits(long declared, long largest) {

    boolean exceededBy(long size) {
        return largest > 0 && size > largest;
    }

    /** The container has given it up: because the client has, or sends no proper chunks, or is too slow for the container's own limit. */
    Failure incomplete(long received, Throwable cause) {
        String message = "the request body did not come whole: " + progress(received) + " ("
                + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()) + ")";
        boolean tooSlow = isTimeout(cause) || cause.getCause() != null && isTimeout(cause.getCause());
        return tooSlow ? Failure.tooSlow(message) : Failure.badRequest(message);
    }

    /** The client has been silent for too long, or is too slow. */
    Failure tooSlow(long received, String howLong) {
        return Failure.tooSlow("nothing more of the request body came after " + progress(received) + " " + howLong);
    }

    private String progress(long received) {
        return received + (declared < 0 ? "" : " of " + declared) + " bytes";
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof TimeoutException || cause instanceof SocketTimeoutException;
    }
}
