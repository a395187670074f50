package org.jettyphp.buffer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link BodyPipe} that is on disk. At the limit it goes on at the file's beginning, over what has been read, so that a
 * download of any length, and a stream without end, need no more than the limit.
 *
 * <p>Thread rule: positions are the pipe's, read and changed under its lock; {@link #write} is the writer's and {@link #read} the reader's,
 * outside it.
 */
final class FileRing implements Closeable {

    /** A file that was not longer keeps its room on disk when it starts over: it may well be needed again. */
    private static final long KEPT = 1 << 20;

    private final SpoolSpace space;
    private final long limit;
    private @Nullable FileChannel channel;
    private boolean closed;
    private long read;
    private long written;
    /** How long the file has become, and what it has of the budget. */
    private long extent;

    private boolean tooLong;
    private int toWrite;
    private int toRead;

    FileRing(SpoolSpace space, long limit) {
        this.space = space;
        this.limit = limit;
    }

    long unread() {
        return written - read;
    }

    boolean isEmpty() {
        return written == 0;
    }

    /** Everything has been read: from the beginning again. */
    void startOver() {
        read = 0;
        written = 0;
        if (extent > KEPT) {
            space.disk().give(extent);
            extent = 0;
            tooLong = true;
        }
    }

    /** Whether {@link #write} may write some of so many bytes. */
    boolean reserve(int wanted) {
        if (limit == 0) {
            return false;
        }
        long at = written % limit;
        int size = (int) Math.min(wanted, Math.min(limit - unread(), limit - at));
        long longer = Math.max(0, at + size - extent);
        if (size <= 0 || !space.disk().take(longer)) {
            if (size > 0) {
                space.heldBack(SpoolException.full(space.disk()));
            }
            return false;
        }
        extent += longer;
        toWrite = size;
        return true;
    }

    /** Writes what was reserved; the number of bytes. The writer, without the lock. */
    int write(ByteBuffer bytes) throws SpoolException {
        int end = bytes.limit();
        int size = toWrite;
        bytes.limit(bytes.position() + size);
        try {
            FileChannel to = open();
            for (long at = written % limit; bytes.hasRemaining();) {
                at += to.write(bytes, at);
            }
            return size;
        } catch (IOException failed) {
            // Nothing of it is published, so all of it is written again.
            bytes.position(bytes.limit() - size);
            throw failed instanceof SpoolException known ? known : space.trouble(failed);
        } finally {
            bytes.limit(end);
        }
    }

    private synchronized FileChannel open() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        FileChannel open = channel;
        if (open == null) {
            open = space.openFile();
            channel = open;
        } else if (tooLong) {
            open.truncate(0);
        }
        tooLong = false;
        return open;
    }

    void published(int size) {
        written += size;
    }

    /** Whether {@link #read} has something to read. */
    boolean readable(int room) {
        toRead = limit == 0 ? 0 : (int) Math.min(room, Math.min(unread(), limit - read % limit));
        return toRead > 0;
    }

    /** Reads what {@link #readable} found; the number of bytes. The reader, without the lock. */
    int read(ByteBuffer into) throws SpoolException {
        int end = into.limit();
        int size = toRead;
        long at = read % limit;
        into.limit(into.position() + size);
        FileChannel from = channel;
        try {
            while (from != null && into.hasRemaining()) {
                int now = from.read(into, at);
                if (now < 0) {
                    throw new IOException("the temporary file is shorter than what was written to it");
                }
                at += now;
            }
            return size;
        } catch (IOException failed) {
            throw space.trouble(failed);
        } finally {
            into.limit(end);
        }
    }

    void consumed(int size) {
        read += size;
    }

    @Override
    public synchronized void close() throws SpoolException {
        if (closed) {
            return;
        }
        closed = true;
        space.disk().give(extent);
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException failed) {
                throw space.trouble(failed);
            }
        }
    }
}
