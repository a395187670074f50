package org.jettyphp.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jettyphp.buffer.Spool;
import org.jettyphp.buffer.SpoolException;

/**
 * Takes a request body into its spool, as fast as the client sends it and without a thread that waits for it. PHP is asked only when the
 * body is there, so that a slow upload holds no worker and CONTENT_LENGTH is always true.
 */
final class BodyReceiver implements ReadListener, IncomingBody {

    /** What becomes of the body. */
    interface Received {
        /** It is complete. */
        void complete();

        /** It cannot be taken, or did not come whole. */
        void failed(Failure failure);
    }

    private static final int SMALL_CHUNK = 8 * 1024;

    /** For a body that is large already: fewer calls; not for each of a thousand small ones. */
    private static final int LARGE_CHUNK = 64 * 1024;

    private static final long LARGE = 1 << 20;

    private final ServletInputStream in;
    private final Spool spool;
    private final BodyLimits limits;
    private final Silence silence;
    private final Received received;
    private byte[] chunk = new byte[SMALL_CHUNK];
    private final AtomicBoolean done = new AtomicBoolean();

    /** Nothing is read yet. */
    BodyReceiver(ServletInputStream in, Spool spool, BodyLimits limits, Silence silence, Received received) {
        this.in = in;
        this.spool = spool;
        this.limits = limits;
        this.silence = silence;
        this.received = received;
        silence.begins();
    }

    @Override
    public void onDataAvailable() throws IOException {
        silence.ends();
        while (!done.get() && in.isReady() && !in.isFinished()) {
            int size = in.read(chunk);
            if (size < 0) {
                return;
            }
            take(size);
        }
        silence.begins();
    }

    /** The same on a thread that may wait: an include, or a chain without async support. */
    void receiveBlocking() throws IOException {
        for (int size = in.read(chunk); size >= 0 && !done.get(); size = in.read(chunk)) {
            take(size);
        }
        onAllDataRead();
    }

    private void take(int size) {
        if (limits.exceededBy(spool.length() + size)) {
            fail(Failure.tooLarge(limits.largest()));
            return;
        }
        try {
            spool.append(ByteBuffer.wrap(chunk, 0, size));
            if (chunk.length == SMALL_CHUNK && spool.length() > LARGE) {
                chunk = new byte[LARGE_CHUNK];
            }
        } catch (SpoolException full) {
            fail(Failure.of(full));
        }
    }

    @Override
    public void onAllDataRead() {
        if (done.compareAndSet(false, true)) {
            received.complete();
        }
    }

    @Override
    public void onError(Throwable cause) {
        fail(limits.incomplete(spool.length(), cause));
    }

    @Override
    public boolean isComing() {
        return !done.get();
    }

    @Override
    public void look(long nanoTime) {
        if (silence.isTooLong(nanoTime)) {
            fail(limits.tooSlow(spool.length(), silence.text(nanoTime, "bodyTimeout")));
        } else if (silence.isTooSlow(nanoTime, spool.length())) {
            fail(limits.tooSlow(spool.length(), silence.rate(nanoTime, "minBodyRate")));
        }
    }

    private void fail(Failure failure) {
        if (done.compareAndSet(false, true)) {
            received.failed(failure);
        }
    }
}
