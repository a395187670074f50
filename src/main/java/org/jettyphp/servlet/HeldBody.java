package org.jettyphp.servlet;

import java.util.concurrent.atomic.AtomicInteger;
import org.jettyphp.buffer.Spool;
import org.jettyphp.buffer.SpoolException;

/**
 * A request body that both the container's request and the exchange need. The last one to let go closes it: a client who leaves while PHP
 * is being sent the body must not take the rest of it away, for PHP would run with what it has got.
 */
final class HeldBody {

    private final Spool spool;
    private final RequestLine line;
    private final AtomicInteger holders = new AtomicInteger(1);

    /** Held by the caller. */
    HeldBody(Spool spool, RequestLine line) {
        this.spool = spool;
        this.line = line;
    }

    Spool spool() {
        return spool;
    }

    void hold() {
        holders.incrementAndGet();
    }

    void release() {
        if (holders.decrementAndGet() > 0) {
            return;
        }
        try {
            spool.close();
        } catch (SpoolException failed) {
            line.warn(String.valueOf(failed.getMessage()));
        }
    }
}
