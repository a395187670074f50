package org.jettyphp.fastcgi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jettyphp.fastcgi.RecordReader.MalformedRecordException;

/** Whatever a FastCGI server sends, and wherever the reads cut it: the same bytes come out, or the same refusal. */
class RecordsFuzz {

    /** What came of some bytes. */
    private static final class Reading {
        private final Collected sink = new Collected();
        private final RecordReader reader = new RecordReader();
        private String refusal = "";
        private int left;

        Reading(byte[] bytes, int piece) {
            ByteBuffer all = ByteBuffer.wrap(bytes);
            try {
                while (all.hasRemaining() && !reader.ended()) {
                    ByteBuffer next = all.slice(all.position(), Math.min(piece, all.remaining()));
                    reader.read(next, sink);
                    assertTrue(next.position() > 0, "nothing was read");
                    all.position(all.position() + next.position());
                }
            } catch (MalformedRecordException malformed) {
                refusal = malformed.getMessage();
            } catch (IOException other) {
                throw new AssertionError(other);
            }
            left = refusal.isEmpty() ? all.remaining() : 0;
        }
    }

    /** The first byte is the size of the pieces. */
    @FuzzTest(maxDuration = "12s")
    void itDoesNotMatterWhereBytesAreCut(byte[] bytes) {
        int piece = bytes.length == 0 ? 1 : 1 + (bytes[0] & 0x3F);
        Reading whole = new Reading(bytes, Integer.MAX_VALUE);
        Reading cut = new Reading(bytes, piece);
        assertEquals(whole.refusal, cut.refusal);
        assertEquals(whole.reader.ended(), cut.reader.ended());
        assertEquals(whole.left, cut.left);
        assertArrayEquals(whole.sink.output.toByteArray(), cut.sink.output.toByteArray());
        assertArrayEquals(whole.sink.error.toByteArray(), cut.sink.error.toByteArray());
        assertTrue(whole.sink.output.size() + whole.sink.error.size() <= bytes.length);
        if (whole.reader.ended()) {
            assertEquals(whole.reader.protocolStatus(), cut.reader.protocolStatus());
        }
    }
}
