package org.jettyphp.launch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.Graceful;
import org.jspecify.annotations.Nullable;

/**
 * Lets a server end without failing anybody: while it is being stopped, requests on connections that are open already are still answered,
 * and told that the connection ends with them. Jetty's own handler would answer them 503, which a balancer that reuses connections takes
 * for a failure.
 */
final class Draining extends Handler.Wrapper implements Graceful {

    private final Runnable whenDrained;
    private volatile boolean announced;
    private final AtomicLong underWay = new AtomicLong();
    private volatile @Nullable CompletableFuture<Void> drained;

    /** {@code whenDrained} is called, on any thread, when it is being stopped and nothing is under way any more. */
    Draining(Handler application, Runnable whenDrained) {
        super(application);
        this.whenDrained = whenDrained;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        underWay.incrementAndGet();
        if (isAnnounced() && request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        Callback counting = Callback.from(callback, this::ended);
        boolean handled = false;
        try {
            handled = super.handle(request, response, counting);
            return handled;
        } finally {
            if (!handled) {
                ended();
            }
        }
    }

    /** From now on every answer over HTTP/1.1 says that the connection ends with it. */
    void announce() {
        announced = true;
    }

    boolean isAnnounced() {
        return announced;
    }

    private void ended() {
        CompletableFuture<Void> waiting = drained;
        if (underWay.decrementAndGet() == 0 && waiting != null) {
            complete(waiting);
        }
    }

    private void complete(CompletableFuture<Void> waiting) {
        if (waiting.complete(null)) {
            whenDrained.run();
        }
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        announce();
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        drained = waiting;
        if (underWay.get() == 0) {
            complete(waiting);
        }
        return waiting;
    }

    @Override
    public boolean isShutdown() {
        return drained != null;
    }
}
