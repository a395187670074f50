package org.jettyphp.script;

/**
 * A URL path that means nothing, or different things to different readers: 400. The message is for the log and repeats no byte of the path.
 */
final class UnusablePathException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusablePathException(String reason) {
        // Whoever sends such paths sends many of them: no stack trace.
        super(reason, null, false, false);
    }
}
