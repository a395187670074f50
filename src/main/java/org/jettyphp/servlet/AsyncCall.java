package org.jettyphp.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jettyphp.buffer.Spool;
import org.jettyphp.buffer.SpoolException;
import org.jettyphp.fastcgi.RequestBody;
import org.jettyphp.htaccess.Additions;
import org.jspecify.annotations.Nullable;

/** A call of PHP that holds no thread of the container: while the body comes, while it waits for a worker, while the client reads. */
final class AsyncCall implements BodyReceiver.Received, AsyncListener, AsyncClient.Ending, Watch.Watched {

    private final PhpContext context;
    private final HttpServletRequest request;
    private final RequestLine line;
    /** Until the request for PHP has been made of it: who waits need not hold both. */
    private @Nullable Call call;
    private final @Nullable ClientPresence presence;
    private final Silence total;
    private final Additions additions;
    private @Nullable AsyncClient client;
    private volatile @Nullable Spool spool;
    private volatile @Nullable IncomingBody incoming;
    private volatile @Nullable ProxiedRequest proxied;

    AsyncCall(PhpContext context, Dispatch dispatch, HttpServletRequest request) {
        this.context = context;
        this.request = request;
        Call copied = Call.of(context, dispatch, request);
        this.call = copied;
        this.line = copied.line();
        this.additions = RuledAnswer.additions(request);
        this.presence = request.getAttribute(ClientPresence.ATTRIBUTE) instanceof ClientPresence known ? known : null;
        this.total = new Silence(context.clients().requestTimeout(), 0, System::nanoTime);
    }

    /** On the container's thread; returns at once. */
    void start(HttpServletResponse response) throws IOException, ServletException {
        long declared = call().bodyExpected() ? request.getContentLengthLong() : 0;
        BodyLimits limits = new BodyLimits(declared, context.spool().maxRequestBody());
        if (limits.exceededBy(declared)) {
            Failure tooLarge = Failure.tooLarge(limits.largest());
            line.log(tooLarge);
            mayStillSend();
            FailedAnswer.now(tooLarge, request, response, context.errorPages());
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        async.addListener(this);
        Silence reading = new Silence(context.clients().sendTimeout(), 0, System::nanoTime);
        client = new AsyncClient(async, context.space().pipe(), context.wayBack(), reading, this);
        total.begins();
        context.watch().add(this);
        if (declared == 0) {
            submit(RequestBody.NONE);
        } else {
            receive(limits);
        }
    }

    private void receive(BodyLimits limits) throws IOException {
        ServletInputStream in = request.getInputStream();
        Silence sending = context.clients().uploading();
        if (limits.declared() > 0 && !context.spool().requestBuffering()) {
            StreamedBody body = new StreamedBody(in, context.space().passage(), limits, sending, this);
            incoming = body;
            submit(body);
            in.setReadListener(body);
        } else {
            Spool body = context.space().spool();
            spool = body;
            BodyReceiver receiver = new BodyReceiver(in, body, limits, sending, this);
            incoming = receiver;
            in.setReadListener(receiver);
        }
    }

    /** The body is complete. */
    @Override
    public void complete() {
        Spool body = Objects.requireNonNull(spool);
        try {
            call().checkWhole(body);
        } catch (RequestUnusableException unusable) {
            failed(unusable.failure());
            return;
        }
        spool = null;
        submit(new SpooledBody(body));
    }

    private void submit(RequestBody body) {
        ProxiedRequest created;
        try {
            created = call().proxied(body, client());
            call = null;
        } catch (RequestUnusableException unusable) {
            failed(unusable.failure());
            close(body);
            return;
        }
        proxied = created;
        created.queue();
    }

    private void mayStillSend() {
        if (presence != null) {
            presence.mayStillSend();
        }
    }

    @Override
    public void failed(Failure failure) {
        line.log(failure);
        mayStillSend();
        stop();
        client().fail(failure);
    }

    @Override
    public void look(long nanoTime, boolean presence) {
        IncomingBody body = incoming;
        if (total.isTooLong(nanoTime)) {
            giveUp(Failure.tookTooLong("the request is not answered " + total.text(nanoTime, "requestTimeout")));
        } else if (body != null && body.isComing()) {
            body.look(nanoTime);
        } else if (presence && hasLeft()) {
            client().left(new IOException("it has closed the connection"));
        }
        String slow = client().tooSlow(nanoTime);
        if (slow != null) {
            giveUp(Failure.tookTooLong(slow));
        }
    }

    @Override
    public void endNow() {
        giveUp(Failure.unavailable("the application is stopped, and the request was still under way after stopTimeout="
                + Failure.text(context.poolSettings().stopTimeout())));
    }

    /** Whatever the client can still be told, and however slowly it reads. */
    private void giveUp(Failure failure) {
        inVain(failure);
        client().giveUp(failure);
    }

    @Override
    public void inVain(Failure failure) {
        line.log(failure);
        stop();
    }

    /** Nobody wants what PHP still does, whichever method it was asked with. */
    private void stop() {
        ProxiedRequest running = proxied;
        if (running != null) {
            running.abandon();
        }
    }

    @Override
    public boolean hasLeft() {
        return presence != null && presence.hasLeft();
    }

    @Override
    public boolean intercepts(int status) {
        return context.errorPages().intercepts(status, additions);
    }

    @Override
    public void clientLeft(Throwable cause) {
        line.clientLeft(cause);
        IncomingBody body = incoming;
        boolean whole = body == null || !body.isComing();
        if (!whole || context.clients().stops(line.method())) {
            stop();
            return;
        }
        ProxiedRequest waiting = proxied;
        // Where nothing is known of the connection the container has met the reset.
        if (waiting != null && (presence == null || presence.hasReset())) {
            waiting.abandonUnlessBegun();
        }
    }

    @Override
    public void ends() {
        // Not only in onComplete(): of some whose client leaves in the middle of an answer Jetty 12.1.10 never says that.
        context.watch().remove(this);
        line.timings().show(request);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        context.watch().remove(this);
        client().over();
        Spool unused = spool;
        if (unused != null) {
            close(new SpooledBody(unused));
        }
    }

    private void close(RequestBody body) {
        try {
            body.close();
        } catch (IOException failed) {
            line.warn(String.valueOf(failed.getMessage()));
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // Our timeout is 0: each phase has a limit of its own. But Tomcat ends so what an application that it undeploys has left.
        giveUp(Failure.unavailable("the application is stopped, and the container waits no longer (Tomcat: for its Context's unloadDelay, "
                + "2 s unless set)"));
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

    private Call call() {
        return Objects.requireNonNull(call);
    }

    private AsyncClient client() {
        return Objects.requireNonNull(client);
    }
}
