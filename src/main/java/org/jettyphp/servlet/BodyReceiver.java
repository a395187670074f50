package org.jettyphp.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jettyphp.buffer.Spool;
import org.jettyphp.buffer.SpoolException;

/**
 * Takes a request body into its spool, as fast as the client sends it and without a thread that waits for it. PHP is asked only when the
 * body is there, so that a slow upload holds no worker and CONTENT_LENGTH is always true.
 */
final class BodyReceiver implements ReadListener {

    /** What becomes of the body. */
    interface Received {
        /** It is complete. */
        void complete();

        /** It cannot be taken, or did not come whole. */
        void failed(Failure failure);
    }

    private final ServletInputStream in;
    private final Spool spool;
    private final BodyLimits limits;
    private final Received received;
    private final byte[] chunk = new byte[16 * 1024];
    private boolean done;

    /**
     * What is known of the body before it comes.
     *
     * @param declared its Content-Length; negative if unknown
     * @param largest maxRequestBody; 0: no limit
     */
    record BodyLimits(long declared, long largest) {

        boolean exceededBy(long size) {
            return largest > 0 && size > largest;
        }
    }

    BodyReceiver(ServletInputStream in, Spool spool, BodyLimits limits, Received received) {
        this.in = in;
        this.spool = spool;
        this.limits = limits;
        this.received = received;
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!done && in.isReady() && !in.isFinished()) {
            int size = in.read(chunk);
            if (size < 0) {
                return;
            }
            take(size);
        }
    }

    /** The same on a thread that may wait: an include, or a chain without async support. */
    void receiveBlocking() throws IOException {
        for (int size = in.read(chunk); size >= 0 && !done; size = in.read(chunk)) {
            take(size);
        }
        if (!done) {
            onAllDataRead();
        }
    }

    private void take(int size) {
        if (limits.exceededBy(spool.length() + size)) {
            fail(Failure.tooLarge(limits.largest()));
            return;
        }
        try {
            spool.append(ByteBuffer.wrap(chunk, 0, size));
        } catch (SpoolException full) {
            fail(Failure.of(full));
        }
    }

    @Override
    public void onAllDataRead() {
        if (done) {
            return;
        }
        done = true;
        received.complete();
    }

    @Override
    public void onError(Throwable cause) {
        fail(Failure.badRequest("the request body did not come whole: " + spool.length()
                + (limits.declared() < 0 ? "" : " of " + limits.declared()) + " bytes (" + cause.getMessage() + ")"));
    }

    private void fail(Failure failure) {
        if (!done) {
            done = true;
            received.failed(failure);
        }
    }
}
