package org.jettyphp.cgi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of PHP's output up to the empty line, wherever the reads cut it. Lines end with CRLF or, as CGI scripts have always written
 * them, with a bare LF.
 */
public final class ResponseHeadParser {

    private final long limit;
    private byte[] bytes = new byte[512];
    private int length;
    private int lineStart;
    private @Nullable ResponseHead head;

    /** The largest head in bytes. */
    public ResponseHeadParser(long limit) {
        this.limit = limit;
    }

    /**
     * Consumes bytes up to the end of the head; what is left belongs to the body.
     *
     * @return whether the head is complete
     */
    public boolean parse(ByteBuffer in) throws ResponseHeadTooLargeException {
        while (head == null && in.hasRemaining()) {
            if (length >= limit) {
                throw new ResponseHeadTooLargeException(limit);
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            byte next = in.get();
            bytes[length++] = next;
            if (next == '\n') {
                endLine();
            }
        }
        return head != null;
    }

    private void endLine() {
        int size = length - lineStart;
        if (size == 1 || size == 2 && bytes[lineStart] == '\r') {
            head = new ResponseHeadLines().read(new String(bytes, 0, lineStart, StandardCharsets.ISO_8859_1));
        }
        lineStart = length;
    }

    /** The head; only once {@link #parse} has said that it is complete. */
    public ResponseHead head() {
        if (head == null) {
            throw new IllegalStateException("the head is not complete");
        }
        return head;
    }

    /** How many bytes of a head have come. */
    public int consumed() {
        return length;
    }
}
