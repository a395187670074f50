package org.jettyphp.upstream;

import java.io.IOException;
import org.jettyphp.fastcgi.Exchange;
import org.jettyphp.fastcgi.SentAhead;
import org.jettyphp.transport.Poller;
import org.jspecify.annotations.Nullable;

/** Lets another thread end an exchange: the client has left, or the server stops. */
public final class ExchangeControl {

    private @Nullable Exchange running;
    private @Nullable Poller poller;
    /** Until the exchange runs to which it belongs. */
    private @Nullable SentAhead sent;
    private boolean sending;
    private boolean aborted;

    /** Whether something may be sent ahead: then it has begun, until it is said what has been {@linkplain #sent(SentAhead) sent}. */
    synchronized boolean beginAhead() {
        sending = !aborted;
        return sending;
    }

    /** @param ahead null: nothing could be */
    synchronized void sent(@Nullable SentAhead ahead) {
        sending = false;
        sent = ahead;
    }

    synchronized @Nullable SentAhead sent() {
        return sent;
    }

    synchronized void begin(Exchange exchange, Poller of) {
        running = exchange;
        poller = of;
        sent = null;
        if (aborted) {
            exchange.abort();
            of.wakeup();
        }
    }

    synchronized void end() {
        running = null;
        poller = null;
    }

    /** Whether nobody wants an exchange that has not begun. */
    synchronized boolean unwanted() {
        return aborted;
    }

    /** Gives up the exchange that runs, for another PHP-FPM to be asked, as {@link Exchange#forsake} has it; any thread. */
    synchronized void forsake(boolean repeatable) {
        if (running != null && poller != null) {
            running.forsake(repeatable);
            poller.wakeup();
        }
    }

    /** No exchange begins any more; false if one runs, which goes on. Any thread. */
    public synchronized boolean abortUnlessBegun() {
        aborted |= !hasBegun();
        return !hasBegun();
    }

    /** Whether an exchange runs, or is or has been sent ahead and will run. Any thread. */
    public synchronized boolean hasBegun() {
        return running != null || sending || sent != null;
    }

    /** There will be no exchange: what has been sent ahead is given up. */
    public void closeUnused() throws IOException {
        SentAhead unused;
        synchronized (this) {
            unused = sent;
            sent = null;
        }
        if (unused != null) {
            unused.close();
        }
    }

    /** Ends the exchange that runs, or the one that will; any thread. PHP sees it at its next flush. */
    public synchronized void abort() {
        aborted = true;
        if (running != null && poller != null) {
            running.abort();
            poller.wakeup();
        }
    }
}
