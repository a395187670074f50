package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jettyphp.buffer.BodyPipe;
import org.jettyphp.buffer.Spool;
import org.jettyphp.buffer.SpoolException;
import org.jettyphp.cgi.ResponseHead;
import org.jettyphp.fastcgi.RequestBody;
import org.jettyphp.htaccess.Additions;
import org.jspecify.annotations.Nullable;

/**
 * A call of PHP on the caller's thread. An include has no request body, and what PHP says about status and headers is not heard, as the
 * Servlet API wants it for includes.
 */
final class BlockingCall implements BodyReceiver.Received {

    private final PhpContext context;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Call call;
    private final BlockingClient client;
    private final BodyPipe pipe;
    private final Spool body;
    private @Nullable ProxiedRequest proxied;

    BlockingCall(PhpContext context, Dispatch dispatch, HttpServletRequest request, HttpServletResponse response) {
        this.context = context;
        this.request = request;
        this.response = response;
        this.call = Call.of(context, dispatch, request);
        this.body = context.space().spool();
        this.pipe = context.space().pipe();
        // Whoever includes a page, or shows one for an error, has a head of its own.
        boolean whole = dispatch.type() != DispatcherType.INCLUDE && dispatch.type() != DispatcherType.ERROR;
        Additions additions = RuledAnswer.additions(request);
        this.client = new BlockingClient(pipe, whole, status -> whole && context.errorPages().intercepts(status, additions));
    }

    /** Puts PHP's output into the including servlet's response. */
    void include() throws IOException, ServletException {
        try (pipe) {
            submit(RequestBody.NONE);
            BlockingClient.Beginning beginning = client.await();
            if (beginning.head() == null) {
                throw new ServletException(
                        "the included script " + call.line().script() + " gave no answer; see the log for request " + call.line().id());
            }
            new IncludedOutput(response, beginning.head()).copy(client);
            throwIfBroken();
        }
    }

    /** Answers the client; returns when the answer has been written. */
    void answer() throws IOException, ServletException {
        try (pipe) {
            receive();
            BlockingClient.Beginning beginning = client.await();
            ResponseHead head = beginning.head();
            Failure failure = beginning.failure();
            if (head == null || failure != null) {
                FailedAnswer.now(Objects.requireNonNull(failure), request, response, context.errorPages());
                return;
            }
            if (beginning.intercepted()) {
                request.setAttribute(InterceptedAnswer.ATTRIBUTE, new InterceptedAnswer(head));
                InterceptedAnswer.send(request, response, context.errorPages());
                return;
            }
            if (beginning.file() != null) {
                new SentFile(head, beginning.file()).sendHere(request, response);
                return;
            }
            AnswerHead.applyUnbounded(head, request, response);
            copy();
            Failure cutShort = client.failure();
            if (cutShort != null || Answer.isLengthOpen(head, call.line().isHead())) {
                // Committed, so that the container can neither make an error page of it nor find a length by itself.
                response.flushBuffer();
            }
            if (cutShort != null) {
                throw FailedAnswer.abort(cutShort, request);
            }
        } finally {
            if (proxied == null) {
                body.close();
            }
            call.line().timings().show(request);
        }
    }

    private void receive() throws IOException {
        long declared = call.bodyExpected() ? request.getContentLengthLong() : 0;
        BodyLimits limits = new BodyLimits(declared, context.spool().maxRequestBody());
        if (limits.exceededBy(declared)) {
            failed(Failure.tooLarge(limits.largest()));
        } else if (declared == 0) {
            submit(RequestBody.NONE);
        } else {
            // The container's own limits hold for a thread that waits.
            Silence unlimited = new Silence(Duration.ZERO, 0, System::nanoTime);
            new BodyReceiver(request.getInputStream(), body, limits, unlimited, this).receiveBlocking();
        }
    }

    private void copy() throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(16 * 1024);
        try {
            for (int size = client.take(chunk); size >= 0; size = client.take(chunk)) {
                response.getOutputStream().write(chunk.array(), 0, size);
                if (pipe.available() == 0) {
                    response.flushBuffer();
                }
            }
        } catch (SpoolException broken) {
            throw broken;
        } catch (IOException clientGone) {
            call.line().clientLeft(clientGone);
            if (proxied != null && context.clients().stops(call.line().method())) {
                proxied.abandon();
            }
            throw clientGone;
        }
    }

    private void throwIfBroken() throws ServletException {
        Failure failure = client.failure();
        if (failure != null) {
            throw new FailedAnswer.AbortedAnswerException(failure.cause());
        }
    }

    @Override
    public void complete() {
        try {
            call.checkWhole(body);
            submit(new SpooledBody(body));
        } catch (RequestUnusableException unusable) {
            failed(unusable.failure());
        }
    }

    private void submit(RequestBody complete) {
        try {
            ProxiedRequest created = call.proxied(complete, client);
            proxied = created;
            created.queue();
        } catch (RequestUnusableException unusable) {
            failed(unusable.failure());
        }
    }

    @Override
    public void failed(Failure failure) {
        call.line().log(failure);
        client.fail(failure);
    }
}
