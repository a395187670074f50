package org.jettyphp.upstream;

import org.jettyphp.fastcgi.Exchange;
import org.jettyphp.transport.Poller;
import org.jspecify.annotations.Nullable;

/** Lets another thread end an exchange: the client has left, or the server stops. */
public final class ExchangeControl {

    private @Nullable Exchange running;
    private @Nullable Poller poller;
    private boolean aborted;
    private boolean abandoned;

    synchronized void begin(Exchange exchange, Poller of) {
        running = exchange;
        poller = of;
        if (aborted) {
            exchange.abort();
            of.wakeup();
        }
        if (abandoned) {
            exchange.abandon();
        }
    }

    synchronized void end() {
        running = null;
        poller = null;
    }

    /** Whether nobody wants an exchange that has not begun. */
    synchronized boolean unwanted() {
        return aborted || abandoned;
    }

    /** Ends the exchange that runs, or the one that will; any thread. PHP sees it at its next flush. */
    public synchronized void abort() {
        aborted = true;
        if (running != null && poller != null) {
            running.abort();
            poller.wakeup();
        }
    }

    /** Ends the exchange if nothing has been sent to PHP yet; what has begun goes on to its end. Any thread. */
    public synchronized void abandon() {
        abandoned = true;
        if (running != null && poller != null) {
            running.abandon();
            poller.wakeup();
        }
    }
}
