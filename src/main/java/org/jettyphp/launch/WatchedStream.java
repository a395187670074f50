package org.jettyphp.launch;

import java.util.function.Consumer;
import org.jettyphp.servlet.ClientPresence;

/**
 * A stream of HTTP/2 that remembers its reset. The servlet layer hears of a reset too, but not of one that comes in the very moment in which
 * the request becomes asynchronous (seen once in some hundred runs of Jetty 12.1.10).
 */
final class WatchedStream implements ClientPresence, Consumer<Throwable> {

    private volatile boolean reset;

    @Override
    public void accept(Throwable failure) {
        reset = true;
    }

    @Override
    public boolean hasLeft() {
        return reset;
    }

    @Override
    public boolean hasReset() {
        return reset;
    }

    /** A stream is reset without harm to what has been sent on it. */
    @Override
    public void mayStillSend() {}
}
