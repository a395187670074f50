package org.jettyphp.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jettyphp.buffer.BodyPipe;
import org.jettyphp.buffer.Spool;
import org.jettyphp.buffer.SpoolSettings;
import org.jspecify.annotations.Nullable;

/** A call of PHP that holds no thread of the container: while the body comes, while it waits for a worker, while the client reads. */
final class AsyncCall implements BodyReceiver.Received, AsyncListener, AsyncClient.Ending {

    private final PhpContext context;
    private final HttpServletRequest request;
    private final Call call;
    private final HeldBody body;
    private volatile @Nullable ProxiedRequest proxied;
    private @Nullable AsyncClient client;

    AsyncCall(PhpContext context, Dispatch dispatch, HttpServletRequest request) {
        this.context = context;
        this.request = request;
        this.call = Call.of(context, dispatch, request);
        SpoolSettings spool = context.spool();
        this.body = new HeldBody(new Spool(spool.requestBuffer(), spool.directory()), call.line());
    }

    /** On the container's thread; returns at once. */
    void start(HttpServletResponse response) throws IOException {
        long declared = call.bodyExpected() ? request.getContentLengthLong() : 0;
        BodyReceiver.BodyLimits limits = new BodyReceiver.BodyLimits(declared, context.spool().maxRequestBody());
        if (limits.exceededBy(declared)) {
            Failure tooLarge = Failure.tooLarge(limits.largest());
            call.line().log(tooLarge);
            tooLarge.send(response);
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        async.addListener(this);
        BodyPipe pipe = new BodyPipe(context.spool().responseBuffer(), context.spool().directory());
        client = new AsyncClient(async, pipe, context.wayBack(request), this);
        if (declared == 0) {
            complete();
        } else {
            request.getInputStream().setReadListener(new BodyReceiver(request.getInputStream(), body.spool(), limits, this));
        }
    }

    @Override
    public void complete() {
        ProxiedRequest created;
        try {
            created = new ProxiedRequest(context, call, client(), body);
        } catch (RequestUnusableException unusable) {
            failed(unusable.failure());
            return;
        }
        proxied = created;
        created.queue();
    }

    @Override
    public void failed(Failure failure) {
        call.line().log(failure);
        client().fail(failure);
    }

    @Override
    public void clientLeft(Throwable cause) {
        call.line().clientLeft(cause);
        ProxiedRequest running = proxied;
        if (running != null) {
            running.abandon();
        }
    }

    @Override
    public void ends() {
        call.line().timings().show(request);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        client().over();
        body.release();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // Our timeout is 0: each phase has a limit of its own.
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable cause = event.getThrowable();
        if (!(cause instanceof FailedAnswer.AbortedAnswerException)) {
            client().broken(cause != null ? cause : new IOException("the container ended the request"));
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }

    private AsyncClient client() {
        return java.util.Objects.requireNonNull(client);
    }
}
