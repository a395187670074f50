package org.jettyphp.servlet;

import org.jettyphp.events.RequestInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a log line needs to know of a request, kept apart from the container's object, which must not be touched once the client has left.
 *
 * @param site which one of several applications it is for; empty for the only one
 * @param uri as it was sent, with its query
 * @param script the SCRIPT_FILENAME that PHP-FPM is told
 * @param client its address
 */
record RequestLine(String site, String method, String uri, String script, String client, String id, Timings timings)
        implements
            RequestInfo {

    private static final Logger LOG = LoggerFactory.getLogger("org.jettyphp.request");
    private static final int LONGEST_URI = 512;

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** One line for each failed request. */
    void log(Failure failure) {
        log(failure, 0);
    }

    /** @param others how many more have failed so since the last line in the log */
    void log(Failure failure, int others) {
        String more = others == 0 ? "" : "; so have " + others + " more since the last such line";
        LOG.warn("{} {}: {}{}", failure.status(), this, failure.cause(), more);
    }

    /** Something that the request survived. */
    void warn(String text) {
        LOG.warn("{}: {}", this, text);
    }

    /** The client has gone before its answer was complete: nobody's fault here. */
    void clientLeft(Throwable cause) {
        LOG.info("499 {}: the client left ({})", this, cause.toString());
    }

    /** Control characters cannot be in a request line that a container let through; a long one is cut, visibly. */
    @Override
    public String toString() {
        String shown = uri.length() <= LONGEST_URI ? uri : uri.substring(0, LONGEST_URI) + "... (" + uri.length() + " characters)";
        return method + " " + shown + " (" + (site.isEmpty() ? "" : "site " + site + ", ") + "script " + script + ", request " + id + ")";
    }
}
