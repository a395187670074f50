package org.jettyphp.cgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;

/** Whatever PHP sends for a head, and wherever it is cut: a head that splits no answer, or the typed refusal. */
class HeadsFuzz {

    private static final int LIMIT = 4096;

    private record Reading(String refusal, int consumed, String head) {

        static Reading of(byte[] bytes, int piece) {
            ResponseHeadParser parser = new ResponseHeadParser(LIMIT);
            int at = 0;
            try {
                while (at < bytes.length) {
                    ByteBuffer next = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
                    boolean complete = parser.parse(next);
                    at = next.position();
                    if (complete) {
                        check(parser.head());
                        return new Reading("", at, parser.head().toString());
                    }
                    assertEquals(0, next.remaining(), "an incomplete head takes everything");
                }
                return new Reading(String.valueOf(parser.headAtEnd().getMessage()), at, "");
            } catch (ResponseHeadException refused) {
                // Of a head that is too large the whole piece is refused, so that the place depends on the cut.
                return new Reading(String.valueOf(refused.getMessage()), 0, "");
            }
        }
    }

    /** The first byte is the size of the pieces. */
    @FuzzTest(maxDuration = "12s")
    void noHeadSplitsAnAnswer(byte[] bytes) {
        int piece = bytes.length == 0 ? 1 : 1 + (bytes[0] & 0x3F);
        Reading whole = Reading.of(bytes, Integer.MAX_VALUE);
        Reading cut = Reading.of(bytes, piece);
        if (bytes.length <= LIMIT) {
            assertEquals(whole, cut);
        }
    }

    private static void check(ResponseHead head) {
        assertTrue(head.status() >= 200 && head.status() <= 999, "status " + head.status());
        assertTrue(head.contentLength() >= -1);
        List<String> hopByHop = List.of("connection", "keep-alive", "transfer-encoding", "upgrade", "trailer", "te", "proxy-connection");
        for (Header header : head.headers()) {
            assertTrue(header.name().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"), header.name());
            assertTrue(header.value().chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7F), header.name());
            assertTrue(!hopByHop.contains(header.name().toLowerCase(java.util.Locale.ROOT)), header.name());
        }
        assertTrue(head.headers().stream().filter(header -> header.name().equalsIgnoreCase("Content-Length")).count() <= 1);
        assertTrue(head.reason() == null || head.reason().chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7F), "reason");
    }
}
