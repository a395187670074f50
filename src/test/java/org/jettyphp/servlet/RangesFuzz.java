package org.jettyphp.servlet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Whatever Range is asked for, of a file of any size: bytes that are there, or none. */
class RangesFuzz {

    /** The first eight bytes are the size. */
    @FuzzTest(maxDuration = "12s")
    void aRangeIsWithinTheFile(byte[] bytes) {
        if (bytes.length < 8) {
            return;
        }
        long size = ByteBuffer.wrap(bytes).getLong() & Long.MAX_VALUE;
        String header = new String(bytes, 8, bytes.length - 8, StandardCharsets.ISO_8859_1);
        ByteRange range = ByteRange.of(header, size);
        if (!range.isUnsatisfiable()) {
            assertTrue(range.first() >= 0 && range.first() <= range.end() && range.end() <= size, header + " of " + size + ": " + range);
            assertTrue(range.isPart(size) == (range.length() < size));
            assertTrue(range.length() > 0 || size == 0, header + " of " + size + ": " + range);
        }
    }
}
