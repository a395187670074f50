package org.jettyphp.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jettyphp.buffer.BodyPipe;
import org.jettyphp.buffer.SpoolException;

/**
 * Moves an answer's body from its pipe to the client whenever the client can take more. Whoever notices that there is something to do calls
 * {@link #move()}: the exchange's thread when bytes have come, the container's when the client has read. The counter sees to it that one of
 * them moves at a time and that the other's news is not lost; nobody waits.
 */
final class ClientWriter implements WriteListener {

    /**
     * Less waits for more, unless PHP pauses or ends: PHP cuts 64 KiB into records of 65,528 and 8 bytes, and those 8 would become a chunk and a
     * packet of their own.
     */
    private static final int CHUNK = 32 * 1024;

    /** Of the container: a whole chunk goes past it, what is less is on its way when it is flushed or the message ends. */
    static final int BUFFER = CHUNK - 1;

    /**
     * Of so large a body, what follows is written in pieces of PHP's largest record, from outside the heap: the JDK copies what is in the heap
     * once more on its way to the socket.
     */
    private static final int LARGE_BODY = 1 << 20;

    private static final int LARGE_CHUNK = 64 * 1024;

    /** What follows when the body is through. */
    interface End {
        /** Whether the message is to be aborted: then all that came must be on its way, or the container would take it back. */
        boolean aborts();

        /** All has been handed to the container. */
        void written();

        /** The client cannot be written to. */
        void broken(Throwable cause);

        /** The body cannot be read, or something else that is not the client's doing: the message must not end as if it were whole. */
        void unreadable(Throwable cause);
    }

    private final ServletOutputStream out;
    private final BodyPipe pipe;
    private final Silence reading;
    private final End end;
    private ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private long moved;
    private final AtomicInteger news = new AtomicInteger();

    /** Before the container has called for the first time the stream is not ours to write. */
    private volatile boolean started;

    private volatile boolean flushWanted;

    /** From the beginning, since the head alone is worth sending too. */
    private boolean unflushed = true;

    private volatile boolean done;

    /** Nothing is written yet; {@code reading} measures how long the client takes nothing. */
    ClientWriter(ServletOutputStream out, BodyPipe pipe, Silence reading, End end) {
        this.out = out;
        this.pipe = pipe;
        this.reading = reading;
        this.end = end;
    }

    @Override
    public void onWritePossible() {
        started = true;
        move();
    }

    @Override
    public void onError(Throwable cause) {
        finish(() -> end.broken(cause));
    }

    void flush() {
        flushWanted = true;
        move();
    }

    /** Bytes have come; not worth a look if they are few. */
    void moveMuch() {
        if (pipe.holds(CHUNK)) {
            move();
        }
    }

    void move() {
        if (news.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                moveWhatIsThere();
            } catch (SpoolException unreadable) {
                finish(() -> end.unreadable(unreadable));
            } catch (IOException | IllegalStateException clientGone) {
                finish(() -> end.broken(clientGone));
            } catch (RuntimeException defect) {
                // Left alone, the counter would never come down, and the request never end.
                finish(() -> end.unreadable(defect));
            }
            seen = news.addAndGet(-seen);
        } while (seen > 0);
    }

    private void moveWhatIsThere() throws IOException {
        // The container may keep the chunk until isReady() says true again, so it is filled only then.
        while (started && !done && (flushWanted || pipe.holds(CHUNK)) && isReady()) {
            int size = pipe.read(chunk());
            if (size > 0) {
                write(size);
                unflushed = true;
            } else if (size < 0 && !((end.aborts() || flushWanted) && unflushed)) {
                finish(end::written);
            } else if (size < 0 || flushWanted && unflushed) {
                flushWanted = false;
                unflushed = false;
                out.flush();
            } else {
                flushWanted = false;
                return;
            }
        }
    }

    private void write(int size) throws IOException {
        moved += size;
        if (chunk.isDirect()) {
            out.write(chunk.flip());
        } else {
            out.write(chunk.array(), 0, size);
        }
    }

    private ByteBuffer chunk() {
        if (moved >= LARGE_BODY && !chunk.isDirect() && pipe.takeMemory(LARGE_CHUNK)) {
            chunk = ByteBuffer.allocateDirect(LARGE_CHUNK);
        }
        return chunk.clear();
    }

    private boolean isReady() {
        if (out.isReady()) {
            reading.ends();
            return true;
        }
        reading.begins();
        return false;
    }

    private void finish(Runnable last) {
        if (!done) {
            done = true;
            last.run();
        }
    }
}
