package org.jettyphp.servlet;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jettyphp.cgi.ResponseHeadParser;
import org.jettyphp.events.NoSlot;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.fastcgi.RequestBody;
import org.jettyphp.pool.ExchangeThread;
import org.jettyphp.pool.Job;
import org.jettyphp.pool.Lane;
import org.jettyphp.upstream.ExchangeControl;
import org.jettyphp.upstream.PhpRequest;
import org.jettyphp.upstream.UpstreamGroup;

/**
 * One request on its way through PHP, from the moment it is complete: it waits for a slot, runs, and its answer goes to the client. Whoever
 * receives the body and holds the client differs (async, blocking, included); this part does not.
 */
final class ProxiedRequest implements Job {

    /** Who has just come has not left yet: the look costs a system call. */
    private static final long WORTH_A_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final PhpContext context;
    private final UpstreamGroup upstream;
    private final RequestLine line;
    private final PhpRequest request;
    private final Client client;
    private final ExchangeControl control = new ExchangeControl();
    private final long queuedAt = System.nanoTime();
    private volatile boolean abandoned;

    /** The request's body is closed when the exchange has ended, or will not begin. */
    ProxiedRequest(PhpContext context, UpstreamGroup upstream, PhpRequest request, RequestLine line, Client client) {
        this.context = context;
        this.upstream = upstream;
        this.line = line;
        this.request = request;
        this.client = client;
    }

    /** Asks for a slot; from here on nobody waits with a thread. */
    void queue() {
        upstream.slots().submit(this);
    }

    @Override
    public RequestInfo request() {
        return line;
    }

    @Override
    public boolean isWanted() {
        if (!abandoned && System.nanoTime() - queuedAt > WORTH_A_LOOK_NANOS) {
            // Who is found to have left abandons its request, if that is what becomes of it.
            client.lookWhetherItHasLeft();
        }
        // What PHP has begun is ended as all that it has begun.
        return !abandoned || control.hasBegun();
    }

    @Override
    public void ahead(Lane lane) {
        upstream.ahead(request, lane, control);
    }

    @Override
    public Outcome run(ExchangeThread thread, Lane lane) {
        long grantedAt = System.nanoTime();
        line.timings().queued(grantedAt - queuedAt);
        Outcome outcome = Outcome.DONE;
        try {
            outcome = exchange(thread, lane, grantedAt);
            return outcome;
        } finally {
            if (outcome == Outcome.DONE) {
                release();
            }
        }
    }

    private Outcome exchange(ExchangeThread thread, Lane lane, long grantedAt) {
        ErrorStream errors = new ErrorStream(text -> context.complaints().log(line, text));
        Answer answer = new Answer(client, errors, new ResponseHeadParser(context.maxResponseHead()), context.sendfile(), line.isHead(),
                thread.gathering());
        try {
            Outcome outcome = upstream.exchange(request, thread, lane, answer, control);
            line.timings().ran(System.nanoTime() - grantedAt);
            errors.end();
            if (outcome == Outcome.DONE) {
                answer.end();
            }
            return outcome;
        } catch (IOException failed) {
            line.timings().ran(System.nanoTime() - grantedAt);
            errors.end();
            if (!abandoned) {
                fail(Failure.of(failed));
            }
        } catch (RuntimeException | Error defect) {
            fail(new Failure(500, "a defect of ours: " + defect, 0));
            throw defect;
        }
        return Outcome.DONE;
    }

    @Override
    public void refuse(NoSlot why) {
        line.timings().queued(System.nanoTime() - queuedAt);
        release();
        if (why != NoSlot.ABANDONED) {
            Failure failure = Failure.of(why, upstream.pool(), upstream.slots().usage());
            context.overload().refused(line, why, failure);
            client.fail(failure);
        }
    }

    private void fail(Failure failure) {
        line.log(failure);
        client.fail(failure);
    }

    /** Nobody wants what PHP does any more: out of the queue, or, if it runs, off the worker. */
    void abandon() {
        abandoned = true;
        if (upstream.slots().withdraw(this)) {
            release();
        } else {
            control.abort();
        }
    }

    /** PHP is not to begin with it any more; what has begun runs to its end. */
    void abandonUnlessBegun() {
        if (upstream.slots().withdraw(this)) {
            abandoned = true;
            release();
        } else if (control.abortUnlessBegun()) {
            abandoned = true;
        }
    }

    private void release() {
        try (RequestBody body = request.body()) {
            control.closeUnused();
        } catch (IOException failed) {
            line.warn(String.valueOf(failed.getMessage()));
        }
    }
}
