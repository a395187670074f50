package org.jettyphp.buffer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request body: written from its beginning to its end, then read as often as need be; the first bytes in memory, the rest in a temporary
 * file. One thread at a time.
 */
public final class Spool implements Closeable {

    /** So much is held in memory even when {@code bufferMemory} is used up: most forms are smaller. */
    private static final int FIRST_CHUNK = 4096;

    private final SpoolSpace space;
    private final int memoryLimit;
    private byte[] memory = {};
    private int inMemory;
    private long inFile;
    private @Nullable FileChannel file;

    /** Nothing is allocated yet. */
    Spool(SpoolSpace space, long memoryLimit) {
        this.space = space;
        this.memoryLimit = (int) memoryLimit;
    }

    /** Bytes held. */
    public long length() {
        return inMemory + inFile;
    }

    /**
     * Takes the buffer's remaining bytes.
     *
     * @throws SpoolException if the file cannot be made or written, or {@code maxSpool} is used up
     */
    public void append(ByteBuffer bytes) throws SpoolException {
        if (file == null) {
            int size = Math.min(bytes.remaining(), roomInMemory(bytes.remaining()));
            bytes.get(memory, inMemory, size);
            inMemory += size;
        }
        if (bytes.hasRemaining()) {
            appendToFile(bytes);
        }
    }

    private int roomInMemory(int wanted) {
        int needed = Math.min(memoryLimit, inMemory + wanted);
        if (memory.length < needed) {
            int grown = Math.min(memoryLimit, Math.max(Math.max(FIRST_CHUNK, memory.length * 2), needed));
            int more = grown - memory.length;
            if (space.memory().take(more)) {
                memory = Arrays.copyOf(memory, grown);
            } else if (memory.length == 0) {
                memory = new byte[Math.min(memoryLimit, FIRST_CHUNK)];
                space.memory().takeAnyway(memory.length);
            }
        }
        return memory.length - inMemory;
    }

    private void appendToFile(ByteBuffer bytes) throws SpoolException {
        FileChannel open = file != null ? file : space.openFile();
        file = open;
        if (!space.disk().take(bytes.remaining())) {
            throw SpoolException.full(space.disk());
        }
        // What was taken is given back by its number, so it counts before it is written.
        long position = inFile;
        inFile += bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                position += open.write(bytes, position);
            }
        } catch (IOException failed) {
            throw space.trouble(failed);
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
            throw space.trouble(failed);
        }
        return into.position() - start;
    }

    /** Gives memory and file back; a second time does nothing. */
    @Override
    public void close() throws SpoolException {
        FileChannel open = file;
        file = null;
        space.memory().give(memory.length);
        space.disk().give(inFile);
        memory = new byte[0];
        inMemory = 0;
        inFile = 0;
        if (open != null) {
            try {
                open.close();
            } catch (IOException failed) {
                throw space.trouble(failed);
            }
        }
    }
}
