package org.jettyphp.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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
    private final RequestEnd end;
    private final BodyPipe pipe;
    private final WayBack wayBack;
    private final Silence reading;
    private final Ending ending;
    private volatile @Nullable ClientWriter writer;
    private volatile @Nullable Failure failure;

    /** What the request wants to know about its client. */
    interface Ending {
        /** Whether the client is known to have left. */
        boolean hasLeft();

        /** Whether an error page takes the place of PHP's answer with this status. */
        boolean intercepts(int status);

        /** The answer cannot be passed on as a whole, so whatever still runs for it is in vain. */
        void inVain(Failure failure);

        /** The client cannot be reached any more; whatever still runs for it is in vain. Once at most. */
        void clientLeft(Throwable cause);

        /** The last moment at which the request is surely ours. */
        void ends();
    }

    /**
     * A client that has got nothing yet.
     *
     * @param wayBack leads back to our filter or servlet: an answer is failed from there, and files and error pages are sent
     * @param reading measures how long it takes nothing
     */
    AsyncClient(AsyncContext async, BodyPipe pipe, WayBack wayBack, Silence reading, Ending ending) {
        this.async = async;
        this.pipe = pipe;
        this.end = new RequestEnd(async, wayBack, ending::ends);
        this.wayBack = wayBack;
        this.reading = reading;
        this.ending = ending;
    }

    private void whileAlive(RequestEnd.Touch touch) {
        try {
            end.whileAlive(touch);
        } catch (IOException | IllegalStateException gone) {
            broken(gone);
        }
    }

    @Override
    public void lookWhetherItHasLeft() {
        if (ending.hasLeft()) {
            left(new IOException("it has closed the connection"));
        }
    }

    @Override
    public void whole(ResponseHead head, byte[] body, int length) {
        whileAlive(() -> {
            HttpServletRequest request = (HttpServletRequest) async.getRequest();
            HttpServletResponse response = (HttpServletResponse) async.getResponse();
            if (length > 0) {
                // Less than the buffer holds: the write copies and returns, and complete() writes head and body in one go, without a thread.
                response.setBufferSize(length + 1);
                AnswerHead.apply(head, request, response, false);
                response.getOutputStream().write(body, 0, length);
            } else {
                AnswerHead.apply(head, request, response, true);
            }
            complete();
        });
    }

    @Override
    public boolean takesFiles() {
        return true;
    }

    @Override
    public void file(ResponseHead head, Path file) {
        if (!wayBack.isOpen()) {
            unreadable(new IOException("the application is being stopped, and nobody is left to send the file that PHP has named"));
            return;
        }
        closePipe();
        end.returns(SentFile.ATTRIBUTE, new SentFile(head, file));
    }

    @Override
    public boolean intercepts(int status) {
        return ending.intercepts(status) && wayBack.isOpen();
    }

    @Override
    public void intercepted(ResponseHead head) {
        closePipe();
        end.returns(InterceptedAnswer.ATTRIBUTE, new InterceptedAnswer(head));
    }

    @Override
    public void begin(ResponseHead head) {
        whileAlive(() -> {
            HttpServletResponse response = (HttpServletResponse) async.getResponse();
            // Jetty would write all but the smallest piece at once, and the end of the message in a packet of its own behind the last one.
            response.setBufferSize(ClientWriter.BUFFER);
            AnswerHead.applyUnbounded(head, (HttpServletRequest) async.getRequest(), response);
            ClientWriter created = new ClientWriter(response.getOutputStream(), pipe, reading, this);
            writer = created;
            response.getOutputStream().setWriteListener(created);
        });
    }

    /** The container has ended the request; its objects are no longer ours. */
    void over() {
        end.over();
        closePipe();
    }

    @Override
    public void body(ByteBuffer bytes) throws InterruptedIOException {
        while (true) {
            pipe.write(bytes);
            ClientWriter begun = writer;
            if (begun != null) {
                begun.moveMuch();
            }
            if (!bytes.hasRemaining()) {
                return;
            }
            // Memory and file are full: from here on PHP waits for the client, and we with it, so all that is there has to go, however little.
            flush();
            pipe.awaitRoom();
        }
    }

    private void move() {
        ClientWriter begun = writer;
        if (begun != null) {
            begun.move();
        }
    }

    @Override
    public void flush() {
        ClientWriter begun = writer;
        if (begun != null) {
            begun.flush();
        }
    }

    @Override
    public void end() {
        pipe.end();
        move();
    }

    @Override
    public void fail(Failure why) {
        failure = why;
        if (writer == null) {
            giveUp(why);
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
        Failure why = failure;
        if (why != null) {
            giveUp(why);
        } else {
            complete();
        }
    }

    /** How long the client has taken nothing of its answer; null if that is not too long. */
    @Nullable
    String tooSlow(long nanoTime) {
        return reading.isTooLong(nanoTime)
                ? "the client took nothing more of its answer " + reading.text(nanoTime, "sendTimeout")
                : null;
    }

    /**
     * Ends the answer as a failed one, with what has been written so far. A clean end cannot be taken back from here, an error page cannot
     * be sent: both happen in a dispatch back into our servlet.
     */
    void giveUp(Failure why) {
        // Before the pipe is closed: whoever finds it empty must not take that for a clean end.
        failure = why;
        closePipe();
        end.failed(why, writer != null);
    }

    /** The client is known to have closed its connection, and the container does not know it yet. */
    void left(Throwable cause) {
        if (writer == null) {
            broken(cause);
            return;
        }
        Failure why = Failure.clientLeft(String.valueOf(cause.getMessage()));
        failure = why;
        closePipe();
        tellOnce(cause, end.left(why, writer != null));
    }

    @Override
    public void unreadable(Throwable cause) {
        Failure why = failure;
        if (why == null) {
            why = Failure.unavailable("the answer cannot be passed on: " + cause);
            ending.inVain(why);
        }
        giveUp(why);
    }

    @Override
    public void broken(Throwable cause) {
        Failure why = failure;
        if (why != null) {
            giveUp(why);
            return;
        }
        closePipe();
        tellOnce(cause, end.broken(writer != null));
    }

    private void tellOnce(Throwable cause, boolean first) {
        if (first) {
            ending.clientLeft(cause);
        }
    }

    private void complete() {
        closePipe();
        end.complete();
    }

    private void closePipe() {
        try {
            pipe.close();
        } catch (SpoolException failed) {
            LOG.warn("{}", failed.getMessage());
        }
    }
}
