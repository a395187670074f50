package org.jettyphp.pool;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes put together by one thread, which keeps the array for the next time: a page after the other makes no garbage. */
public final class Gathering {

    private static final int FIRST = 4096;

    private final int limit;
    private byte[] bytes = {};
    private int length;

    /**
     * Empty; nothing is allocated yet.
     *
     * @param limit how many bytes it takes
     */
    public Gathering(int limit) {
        this.limit = limit;
    }

    /** What was there is gone. */
    public void clear() {
        length = 0;
    }

    /** Whether so many more can be added. */
    public boolean hasRoomFor(int more) {
        return more <= limit - length;
    }

    /** Adds all of them, for which there must be room. */
    public void add(ByteBuffer from) {
        int size = from.remaining();
        if (bytes.length - length < size) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(Math.max(FIRST, bytes.length * 2), length + size)));
        }
        from.get(bytes, length, size);
        length += size;
    }

    public int length() {
        return length;
    }

    /** What is there, in the first {@link #length()} bytes; the thread's own, and overwritten after {@link #clear()}. */
    public byte[] bytes() {
        return bytes;
    }
}
