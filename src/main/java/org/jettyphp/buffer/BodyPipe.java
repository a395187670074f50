package org.jettyphp.buffer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A response body on its way from PHP, which writes as fast as it can, to a client, who reads at its own speed: in memory up to a limit,
 * then in a temporary file. What has been read makes room again, so that a stream may go on for ever.
 *
 * <p>For one writing and one reading thread at a time. The lock guards positions and memory; the file is written and read outside it, which
 * is sound because the reader keeps to what has been published and the writer starts over only when the reader has read everything.
 */
public final class BodyPipe implements Closeable {

    private static final int FIRST_CHUNK = 8192;

    private final int memoryLimit;
    private final Path directory;
    private final Object lock = new Object();

    private byte[] memory = {};
    private int memoryRead;
    private int memoryWritten;
    private @Nullable FileChannel file;
    private long fileRead;
    private long fileWritten;
    private boolean ended;
    private boolean closed;

    /** Prepares a pipe; nothing is allocated yet. */
    public BodyPipe(long memoryLimit, Path directory) {
        this.memoryLimit = (int) memoryLimit;
        this.directory = directory;
    }

    /** Takes the buffer's remaining bytes; once the reader has closed the pipe they are dropped, for nobody wants them. */
    public void write(ByteBuffer bytes) throws SpoolException {
        FileChannel to;
        synchronized (lock) {
            if (closed) {
                bytes.position(bytes.limit());
                return;
            }
            startOverIfAllIsRead();
            if (fileWritten == 0) {
                writeToMemory(bytes);
            }
            lock.notifyAll();
            to = file;
        }
        if (bytes.hasRemaining()) {
            writeToFile(bytes, to);
        }
    }

    private void startOverIfAllIsRead() {
        if (memoryRead == memoryWritten && fileRead == fileWritten) {
            memoryRead = 0;
            memoryWritten = 0;
            fileRead = 0;
            fileWritten = 0;
        }
    }

    private void writeToMemory(ByteBuffer bytes) {
        int size = Math.min(bytes.remaining(), memoryLimit - memoryWritten);
        if (memory.length - memoryWritten < size) {
            memory = Arrays.copyOf(memory, Math.min(memoryLimit, Math.max(Math.max(FIRST_CHUNK, memory.length * 2), memoryWritten + size)));
        }
        bytes.get(memory, memoryWritten, size);
        memoryWritten += size;
    }

    private void writeToFile(ByteBuffer bytes, @Nullable FileChannel open) throws SpoolException {
        try {
            FileChannel to = open != null ? open : openFile();
            int size = bytes.remaining();
            long position = fileWritten;
            while (bytes.hasRemaining()) {
                position += to.write(bytes, position);
            }
            synchronized (lock) {
                fileWritten += size;
                lock.notifyAll();
            }
        } catch (IOException failed) {
            synchronized (lock) {
                if (closed) {
                    bytes.position(bytes.limit());
                    return;
                }
            }
            throw new SpoolException(directory, failed);
        }
    }

    private FileChannel openFile() throws IOException {
        FileChannel open = SpoolFile.open(directory);
        synchronized (lock) {
            if (!closed) {
                file = open;
                return open;
            }
        }
        open.close();
        return open;
    }

    /** Nothing more will be written. */
    public void end() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
    }

    /** Bytes written and not yet read. */
    public long available() {
        synchronized (lock) {
            return memoryWritten - memoryRead + fileWritten - fileRead;
        }
    }

    /** Copies what is there into the buffer: the number of bytes, 0 for nothing now, -1 at the end. Never waits. */
    public int read(ByteBuffer into) throws SpoolException {
        FileChannel from;
        int size;
        synchronized (lock) {
            int inMemory = memoryWritten - memoryRead;
            if (inMemory > 0) {
                size = Math.min(inMemory, into.remaining());
                into.put(memory, memoryRead, size);
                memoryRead += size;
                return size;
            }
            size = (int) Math.min(fileWritten - fileRead, into.remaining());
            from = file;
            if (size == 0 || from == null) {
                return ended && available() == 0 ? -1 : 0;
            }
        }
        return readFromFile(from, into, size);
    }

    private int readFromFile(FileChannel from, ByteBuffer into, int size) throws SpoolException {
        int limit = into.limit();
        into.limit(into.position() + size);
        try {
            long position = fileRead;
            while (into.hasRemaining()) {
                int read = from.read(into, position);
                if (read < 0) {
                    throw new IOException("the temporary file is shorter than what was written to it");
                }
                position += read;
            }
        } catch (IOException failed) {
            throw new SpoolException(directory, failed);
        } finally {
            into.limit(limit);
        }
        synchronized (lock) {
            fileRead += size;
        }
        return size;
    }

    /** As {@link #read}, but waits until there is something or the end has come. */
    public int take(ByteBuffer into) throws SpoolException, InterruptedException {
        synchronized (lock) {
            while (!ended && available() == 0) {
                lock.wait();
            }
        }
        return read(into);
    }

    /** The reader has read all it wants; whatever is still written is dropped. */
    @Override
    public void close() throws SpoolException {
        FileChannel open;
        synchronized (lock) {
            closed = true;
            open = file;
            file = null;
            memory = new byte[0];
            memoryRead = 0;
            memoryWritten = 0;
            fileRead = 0;
            fileWritten = 0;
            lock.notifyAll();
        }
        if (open != null) {
            try {
                open.close();
            } catch (IOException failed) {
                throw new SpoolException(directory, failed);
            }
        }
    }
}
