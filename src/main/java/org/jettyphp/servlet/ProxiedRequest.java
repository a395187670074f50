package org.jettyphp.servlet;

import java.io.IOException;
import org.jettyphp.cgi.ResponseHeadParser;
import org.jettyphp.pool.ExchangeThread;
import org.jettyphp.pool.Job;
import org.jettyphp.upstream.ExchangeControl;
import org.jettyphp.upstream.PhpRequest;
import org.jettyphp.upstream.Upstream;

/**
 * One request on its way through PHP, from the moment it is complete: it waits for a slot, runs, and its answer goes to the client. Whoever
 * receives the body and holds the client differs (async, blocking, included); this part does not.
 */
final class ProxiedRequest implements Job {

    private final PhpContext context;
    private final RequestLine line;
    private final PhpRequest request;
    private final Client client;
    private final HeldBody body;
    private final ExchangeControl control = new ExchangeControl();
    private final long queuedAt = System.nanoTime();

    /** Holds the body until the exchange has ended, or will not begin. */
    ProxiedRequest(PhpContext context, Call call, Client client, HeldBody body) throws RequestUnusableException {
        this.context = context;
        this.line = call.line();
        this.request = call.request(body.spool());
        this.client = client;
        this.body = body;
        body.hold();
    }

    /** Asks for a slot; from here on nobody waits with a thread. */
    void queue() {
        context.upstream().slots().submit(this);
    }

    @Override
    public void run(ExchangeThread thread) {
        Upstream upstream = context.upstream();
        long grantedAt = System.nanoTime();
        line.timings().queued(grantedAt - queuedAt);
        ErrorStream errors = new ErrorStream(text -> context.complaints().log(line, text));
        Answer answer = new Answer(client, errors, new ResponseHeadParser(context.maxResponseHead()), line.isHead());
        try {
            upstream.exchange(request, thread, answer, control);
            line.timings().ran(System.nanoTime() - grantedAt);
            errors.end();
            answer.end();
        } catch (IOException failed) {
            line.timings().ran(System.nanoTime() - grantedAt);
            errors.end();
            fail(Failure.of(failed));
        } catch (RuntimeException | Error defect) {
            fail(new Failure(500, "a defect of ours: " + defect, 0));
            throw defect;
        } finally {
            body.release();
        }
    }

    @Override
    public void refuse(Refusal refusal) {
        line.timings().queued(System.nanoTime() - queuedAt);
        body.release();
        fail(Failure.of(refusal, context.poolSettings(), context.upstream().slots().usage()));
    }

    private void fail(Failure failure) {
        line.log(failure);
        client.fail(failure);
    }

    /**
     * The client has left: out of the queue, or, where running it to the end serves nobody, off the worker. What must not run twice is not
     * begun any more, but not broken off either.
     */
    void abandon() {
        if (context.upstream().slots().withdraw(this)) {
            body.release();
        } else if (request.repeatable()) {
            control.abort();
        } else {
            control.abandon();
        }
    }
}
