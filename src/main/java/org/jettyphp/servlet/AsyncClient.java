package org.jettyphp.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jettyphp.buffer.BodyPipe;
import org.jettyphp.buffer.SpoolException;
import org.jettyphp.cgi.ResponseHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that waits without a thread. */
final class AsyncClient implements Client, ClientWriter.End {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncClient.class);

    private final AsyncContext async;
    private final BodyPipe pipe;
    private final Ending ending;
    private final String endPath;
    private @Nullable ClientWriter writer;
    private volatile @Nullable Failure failure;

    /**
     * Held while the container's request or response is touched: it must not be recycled under our hands. Guards {@link #over}; nothing
     * that can wait happens under it.
     */
    private final Object alive = new Object();

    private boolean over;

    /** What the request wants to know about its client. */
    interface Ending {
        /** The client cannot be reached any more; whatever still runs for it is in vain. */
        void clientLeft(Throwable cause);

        /** The last moment at which the request is surely ours. */
        void ends();
    }

    /** The path within the context that leads back to our servlet: an answer is failed from there. */
    AsyncClient(AsyncContext async, BodyPipe pipe, String endPath, Ending ending) {
        this.async = async;
        this.pipe = pipe;
        this.endPath = endPath;
        this.ending = ending;
    }

    @Override
    public void whole(ResponseHead head, byte[] body, int length) {
        whileAlive(() -> {
            HttpServletResponse response = (HttpServletResponse) async.getResponse();
            if (length > 0) {
                response.setBufferSize(Answer.SMALL + 1);
                AnswerHead.apply(head, response, false);
                // Less than the buffer holds: this copies and returns, and complete() writes head and body in one go, without a thread.
                response.getOutputStream().write(body, 0, length);
            } else {
                AnswerHead.apply(head, response, true);
            }
            complete();
        });
    }

    @Override
    public void begin(ResponseHead head) {
        whileAlive(() -> {
            HttpServletResponse response = (HttpServletResponse) async.getResponse();
            AnswerHead.applyUnbounded(head, (HttpServletRequest) async.getRequest(), response);
            ClientWriter created = new ClientWriter(response.getOutputStream(), pipe, this);
            writer = created;
            response.getOutputStream().setWriteListener(created);
        });
    }

    private interface Touch {
        void now() throws IOException;
    }

    private void whileAlive(Touch touch) {
        try {
            synchronized (alive) {
                if (!over) {
                    touch.now();
                }
            }
        } catch (IOException | IllegalStateException gone) {
            broken(gone);
        }
    }

    /** The container has ended the request; its objects are no longer ours. */
    void over() {
        synchronized (alive) {
            over = true;
        }
        closePipe();
    }

    @Override
    public void body(ByteBuffer bytes) throws SpoolException {
        pipe.write(bytes);
        if (writer != null) {
            writer.move();
        }
    }

    @Override
    public void flush() {
        if (writer != null) {
            writer.flush();
        }
    }

    @Override
    public void end() {
        pipe.end();
        if (writer != null) {
            writer.move();
        }
    }

    @Override
    public void fail(Failure why) {
        failure = why;
        if (writer == null) {
            failNow(why);
        } else {
            end();
        }
    }

    @Override
    public boolean aborts() {
        return failure != null;
    }

    @Override
    public void written() {
        closePipe();
        Failure why = failure;
        if (why != null) {
            failNow(why);
        } else {
            complete();
        }
    }

    /** A clean end cannot be taken back from here, an error page cannot be sent: both happen in a dispatch back into our servlet. */
    private void failNow(Failure why) {
        whileAlive(() -> {
            ending.ends();
            async.getRequest().setAttribute(FailedAnswer.ATTRIBUTE, why);
            async.getRequest().setAttribute(FailedAnswer.BEGUN, writer != null ? "begun" : null);
            ServletContext context = async.getRequest().getServletContext();
            async.dispatch(context, endPath);
        });
    }

    @Override
    public void broken(Throwable cause) {
        closePipe();
        ending.clientLeft(cause);
        complete();
    }

    private void complete() {
        synchronized (alive) {
            if (over) {
                return;
            }
            try {
                ending.ends();
                async.complete();
            } catch (IllegalStateException overAlready) {
                LOG.debug("The container has ended the request already", overAlready);
            }
        }
    }

    private void closePipe() {
        try {
            pipe.close();
        } catch (SpoolException failed) {
            LOG.warn("{}", failed.getMessage());
        }
    }
}
