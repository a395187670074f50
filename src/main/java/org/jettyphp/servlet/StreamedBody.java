package org.jettyphp.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jettyphp.buffer.BodyPipe;
import org.jettyphp.buffer.SpoolException;
import org.jettyphp.fastcgi.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * A request body that goes to PHP while it comes ({@code requestBuffering=off}): its sender is a client, its reader an exchange, and each
 * goes on when the other has done its part. Whoever notices that there is something to do calls {@link #move()}; as in {@link ClientWriter}
 * the counter sees to it that one of them moves at a time and that the other's news is not lost.
 */
final class StreamedBody implements ReadListener, RequestBody, IncomingBody {

    private final ServletInputStream in;
    private final BodyPipe pipe;
    private final BodyLimits limits;
    private final Silence silence;
    private final BodyReceiver.Received received;
    private final ByteBuffer chunk = ByteBuffer.allocate(16 * 1024).limit(0);
    private final AtomicInteger news = new AtomicInteger();
    private volatile @Nullable Runnable reader;
    private volatile boolean started;
    private volatile boolean done;
    private volatile @Nullable Failure failure;
    private volatile long passedOn;

    /** Nothing is read yet; {@code received} is told of failures only. */
    StreamedBody(ServletInputStream in, BodyPipe pipe, BodyLimits limits, Silence silence, BodyReceiver.Received received) {
        this.in = in;
        this.pipe = pipe;
        this.limits = limits;
        this.silence = silence;
        this.received = received;
        silence.begins();
    }

    @Override
    public void onDataAvailable() {
        started = true;
        move();
    }

    private void move() {
        if (news.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                moveWhatIsThere();
            } catch (IOException | RuntimeException broken) {
                onError(broken);
            }
            seen = news.addAndGet(-seen);
        } while (seen > 0);
    }

    private void moveWhatIsThere() throws IOException {
        silence.ends();
        while (started && !done) {
            if (chunk.hasRemaining()) {
                pipe.write(chunk);
                wakeReader();
                if (chunk.hasRemaining()) {
                    // It is PHP's turn: when it has read, this is called again.
                    return;
                }
            } else if (in.isReady() && !in.isFinished()) {
                int size = in.read(chunk.array());
                chunk.clear().limit(Math.max(0, size));
            } else {
                break;
            }
        }
        if (!done) {
            silence.begins();
        }
    }

    @Override
    public void onAllDataRead() {
        started = true;
        // The last chunk may still wait for room in the pipe.
        move();
    }

    @Override
    public void onError(Throwable cause) {
        fail(limits.incomplete(passedOn, cause));
    }

    private void wakeReader() {
        Runnable waiting = reader;
        if (waiting != null) {
            waiting.run();
        }
    }

    private void fail(Failure why) {
        if (!done) {
            done = true;
            failure = why;
            received.failed(why);
            wakeReader();
        }
    }

    @Override
    public boolean isComing() {
        return passedOn < limits.declared();
    }

    @Override
    public void look(long nanoTime) {
        if (silence.isTooLong(nanoTime)) {
            fail(limits.tooSlow(passedOn, silence.text(nanoTime, "bodyTimeout")));
        } else if (silence.isTooSlow(nanoTime, passedOn)) {
            fail(limits.tooSlow(passedOn, silence.rate(nanoTime, "minBodyRate")));
        }
    }

    @Override
    public long length() {
        return limits.declared();
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        Failure why = failure;
        if (why != null) {
            throw new IOException(why.cause());
        }
        int size = Math.max(0, pipe.read(into));
        passedOn = position + size;
        if (size > 0) {
            move();
        }
        return size;
    }

    @Override
    public void whenMore(Runnable call) {
        reader = call;
    }

    @Override
    public void close() throws SpoolException {
        reader = null;
        done = true;
        pipe.close();
    }
}
