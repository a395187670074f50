package org.jettyphp.buffer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request body: written from its beginning to its end, then read as often as need be; the first bytes in memory, the rest in a temporary
 * file. One thread at a time.
 */
public final class Spool implements Closeable {

    private static final int FIRST_CHUNK = 4096;

    private final long memoryLimit;
    private final Path directory;
    private byte[] memory = {};
    private int inMemory;
    private long inFile;
    private @Nullable FileChannel file;

    /** Prepares a spool; nothing is allocated yet. */
    public Spool(long memoryLimit, Path directory) {
        this.memoryLimit = memoryLimit;
        this.directory = directory;
    }

    /** Bytes held. */
    public long length() {
        return inMemory + inFile;
    }

    /**
     * Takes the buffer's remaining bytes.
     *
     * @throws SpoolException if the file cannot be made or written
     */
    public void append(ByteBuffer bytes) throws SpoolException {
        if (file == null) {
            int size = (int) Math.min(bytes.remaining(), memoryLimit - inMemory);
            if (memory.length - inMemory < size) {
                memory = Arrays.copyOf(memory,
                        (int) Math.min(memoryLimit, Math.max(Math.max(FIRST_CHUNK, memory.length * 2L), inMemory + size)));
            }
            bytes.get(memory, inMemory, size);
            inMemory += size;
        }
        if (bytes.hasRemaining()) {
            appendToFile(bytes);
        }
    }

    private void appendToFile(ByteBuffer bytes) throws SpoolException {
        try {
            FileChannel open = file;
            if (open == null) {
                open = SpoolFile.open(directory);
                file = open;
            }
            while (bytes.hasRemaining()) {
                inFile += open.write(bytes, inFile);
            }
        } catch (IOException failed) {
            throw new SpoolException(directory, failed);
        }
    }

    /** Copies bytes from the position into the buffer, as many as it has room for or as there are; returns how many. */
    public int read(long position, ByteBuffer into) throws SpoolException {
        int start = into.position();
        if (position < inMemory) {
            into.put(memory, (int) position, Math.min(into.remaining(), inMemory - (int) position));
        }
        long after = position + into.position() - start - inMemory;
        FileChannel open = file;
        try {
            while (open != null && into.hasRemaining() && after < inFile) {
                int read = open.read(into, after);
                if (read < 0) {
                    throw new IOException("the temporary file is shorter than what was written to it");
                }
                after += read;
            }
        } catch (IOException failed) {
            throw new SpoolException(directory, failed);
        }
        return into.position() - start;
    }

    @Override
    public void close() throws SpoolException {
        FileChannel open = file;
        file = null;
        inFile = 0;
        if (open != null) {
            try {
                open.close();
            } catch (IOException failed) {
                throw new SpoolException(directory, failed);
            }
        }
    }
}
