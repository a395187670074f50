package org.jettyphp.buffer;

import java.io.Closeable;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A body on its way from one side, which writes as fast as it can, to the other, which reads at its own speed: in memory up to a limit, then
 * in a temporary file up to another. What has been read makes room again, so that a stream may go on for ever.
 *
 * <p>For one writing and one reading thread at a time. The lock guards positions and memory; the file is written and read outside it, which
 * is sound because the reader keeps to what has been published and the writer starts over only when the reader has read everything.
 */
public final class BodyPipe implements Closeable {

    /** So much is held in memory even when {@code bufferMemory} is used up: without it nothing would move on a full disk. */
    private static final int FIRST_CHUNK = 8192;

    /** How often a writer that waits looks whether others have given room back. */
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final SpoolSpace space;
    private final int memoryLimit;
    private final Object lock = new Object();

    private byte[] memory = {};
    private int memoryRead;
    private int memoryWritten;
    private final FileRing file;
    private int beside;
    private boolean ended;
    private boolean closed;

    /**
     * Nothing is allocated yet.
     *
     * @param memoryLimit at least {@link #FIRST_CHUNK} is held
     * @param fileLimit 0: no file
     */
    BodyPipe(SpoolSpace space, int memoryLimit, long fileLimit) {
        this.space = space;
        this.memoryLimit = Math.max(memoryLimit, FIRST_CHUNK);
        this.file = new FileRing(space, fileLimit);
    }

    /**
     * Takes as many of the buffer's bytes as there is room for; once the reader has closed the pipe all of them, for nobody wants them. Never
     * waits for the reader: whoever has bytes left over goes on after {@link #awaitRoom()}.
     */
    public void write(ByteBuffer bytes) {
        boolean toFile;
        do {
            synchronized (lock) {
                if (closed) {
                    bytes.position(bytes.limit());
                    return;
                }
                if (available() == 0) {
                    memoryRead = 0;
                    memoryWritten = 0;
                    file.startOver();
                }
                if (file.isEmpty()) {
                    writeToMemory(bytes);
                }
                lock.notifyAll();
                toFile = bytes.hasRemaining() && file.reserve(bytes.remaining());
            }
            toFile = toFile && writeToFile(bytes);
        } while (toFile && bytes.hasRemaining());
    }

    private void writeToMemory(ByteBuffer bytes) {
        int wanted = bytes.remaining();
        if (memoryLimit - memoryWritten < wanted && memoryRead > 0 && memoryRead >= memoryWritten / 2) {
            System.arraycopy(memory, memoryRead, memory, 0, memoryWritten - memoryRead);
            memoryWritten -= memoryRead;
            memoryRead = 0;
        }
        growMemory(Math.min(memoryLimit, memoryWritten + wanted));
        int size = Math.min(wanted, memory.length - memoryWritten);
        bytes.get(memory, memoryWritten, size);
        memoryWritten += size;
    }

    private void growMemory(int needed) {
        if (memory.length >= needed) {
            return;
        }
        int grown = Math.min(memoryLimit, Math.max(Math.max(FIRST_CHUNK, memory.length * 2), needed));
        if (space.memory().take(grown - memory.length)) {
            memory = Arrays.copyOf(memory, grown);
        } else if (memory.length == 0) {
            space.memory().takeAnyway(FIRST_CHUNK);
            memory = new byte[FIRST_CHUNK];
        }
    }

    /** False if the file system refuses: the writer then waits for the reader, and nothing is lost. */
    private boolean writeToFile(ByteBuffer bytes) {
        try {
            int written = file.write(bytes);
            synchronized (lock) {
                file.published(written);
                lock.notifyAll();
            }
            return true;
        } catch (SpoolException refused) {
            synchronized (lock) {
                if (!closed) {
                    space.heldBack(refused);
                }
            }
            return false;
        }
    }

    /** Waits until the reader has made room or closed the pipe, or for a moment, since others may have given room back. */
    public void awaitRoom() throws InterruptedIOException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS);
        synchronized (lock) {
            long seen = available();
            try {
                for (long left = LOOK_AGAIN_MILLIS; !closed && seen > 0 && available() == seen && left > 0;) {
                    lock.wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the server stops");
            }
        }
    }

    /** Nothing more will be written. */
    public void end() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
    }

    /** Whether so many bytes can be read now, or all there will ever be. */
    public boolean holds(int least) {
        synchronized (lock) {
            return ended || closed || available() >= least;
        }
    }

    /** Bytes written and not yet read. */
    public long available() {
        synchronized (lock) {
            return memoryWritten - memoryRead + file.unread();
        }
    }

    /** Copies what is there into the buffer: the number of bytes, 0 for nothing now, -1 at the end. Never waits. */
    public int read(ByteBuffer into) throws SpoolException {
        synchronized (lock) {
            int inMemory = memoryWritten - memoryRead;
            if (inMemory > 0) {
                int size = Math.min(inMemory, into.remaining());
                into.put(memory, memoryRead, size);
                memoryRead += size;
                freeMemoryBehindFile();
                lock.notifyAll();
                return size;
            }
            if (!file.readable(into.remaining())) {
                return available() == 0 && (ended || closed) ? -1 : 0;
            }
        }
        int size;
        try {
            size = file.read(into);
        } catch (SpoolException failed) {
            synchronized (lock) {
                if (closed) {
                    return -1;
                }
            }
            throw failed;
        }
        synchronized (lock) {
            file.consumed(size);
            lock.notifyAll();
        }
        return size;
    }

    /** While the rest is read from the file, the memory is of use to somebody else. */
    private void freeMemoryBehindFile() {
        if (memoryRead == memoryWritten && file.unread() > 0) {
            freeMemory();
        }
    }

    private void freeMemory() {
        space.memory().give(memory.length);
        memory = new byte[0];
        memoryRead = 0;
        memoryWritten = 0;
    }

    /** Takes so much of the memory for bodies for the reader's own use, until the pipe is closed; false if there is not so much left. */
    public boolean takeMemory(int bytes) {
        synchronized (lock) {
            boolean taken = !closed && space.memory().take(bytes);
            beside += taken ? bytes : 0;
            return taken;
        }
    }

    /** As {@link #read}, but waits until there is something or the end has come. */
    public int take(ByteBuffer into) throws SpoolException, InterruptedException {
        synchronized (lock) {
            while (!ended && !closed && available() == 0) {
                lock.wait();
            }
        }
        return read(into);
    }

    /** The reader has read all it wants; whatever is still written is dropped. A second time does nothing. */
    @Override
    public void close() throws SpoolException {
        synchronized (lock) {
            closed = true;
            freeMemory();
            space.memory().give(beside);
            beside = 0;
            lock.notifyAll();
        }
        file.close();
    }
}
