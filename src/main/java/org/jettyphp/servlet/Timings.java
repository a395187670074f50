package org.jettyphp.servlet;

import jakarta.servlet.ServletRequest;
import java.util.concurrent.TimeUnit;

/** How long a request waited for a worker and how long PHP took: request attributes that the access log shows. */
final class Timings {

    /** Request attributes: milliseconds as a decimal string, the id as text; absent where PHP was not asked. */
    static final String QUEUE = "org.jettyphp.queueMillis";

    static final String FPM = "org.jettyphp.fpmMillis";
    static final String REQUEST_ID = "org.jettyphp.requestId";

    /** Request attribute: the status for the access log where the response has none that says what happened, 499 for a client who has left. */
    static final String STATUS = "org.jettyphp.status";

    private volatile long queueNanos = -1;
    private volatile long fpmNanos = -1;

    void queued(long nanos) {
        queueNanos = nanos;
    }

    void ran(long nanos) {
        fpmNanos = nanos;
    }

    /** Before the request ends, while its object is still ours. */
    void show(ServletRequest request) {
        if (queueNanos >= 0) {
            request.setAttribute(QUEUE, Long.toString(TimeUnit.NANOSECONDS.toMillis(queueNanos)));
        }
        if (fpmNanos >= 0) {
            request.setAttribute(FPM, Long.toString(TimeUnit.NANOSECONDS.toMillis(fpmNanos)));
        }
    }
}
