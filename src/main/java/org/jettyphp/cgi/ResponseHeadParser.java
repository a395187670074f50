package org.jettyphp.cgi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of PHP's answer from STDOUT bytes, which may be cut anywhere. Lines end in CRLF or LF (RFC 3875, section 6.2, lets a
 * script choose), the head at the first empty line.
 *
 * <p>One for each exchange; not for several threads at a time.
 */
public final class ResponseHeadParser {

    private static final byte[] NOTHING = new byte[0];

    private final long maxBytes;
    private byte[] bytes = NOTHING;
    private int length;
    private int lineLength;
    private boolean afterReturn;
    private @Nullable ResponseHead head;

    /** @param maxBytes the most bytes a head may have, the empty line included */
    public ResponseHeadParser(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Reads on. Consumes up to the end of the head at most: what then remains in {@code in} is body.
     *
     * @return true: the head is complete, see {@link #head()}; false: it is not, and {@code in} is consumed
     * @throws ResponseHeadTooLargeException more than {@code maxBytes} without an end
     * @throws ResponseHeadException a status that is none
     */
    public boolean parse(ByteBuffer in) throws ResponseHeadException {
        if (head != null) {
            return true;
        }
        int end = endOfHead(in);
        int taken = (end < 0 ? in.limit() : end) - in.position();
        if (length + (long) taken > maxBytes) {
            throw new ResponseHeadTooLargeException(maxBytes);
        }
        keep(in, taken);
        if (end < 0) {
            return false;
        }
        head = new HeadFields(lines()).head();
        bytes = NOTHING;
        return true;
    }

    /**
     * The head.
     *
     * @throws IllegalStateException {@link #parse} has not yet returned true
     */
    public ResponseHead head() {
        if (head == null) {
            throw new IllegalStateException("the head is not complete");
        }
        return head;
    }

    /**
     * What to say when PHP's output has ended before the head did: the client gets 502.
     *
     * @throws IllegalStateException the head is complete
     */
    public ResponseHeadException headAtEnd() {
        if (head != null) {
            throw new IllegalStateException("the head is complete");
        }
        return new ResponseHeadException(length == 0
                ? "PHP ended without an answer"
                : "PHP's output ended after " + length + " bytes, before the empty line that ends the headers");
    }

    /** The position after the empty line; -1: not in this buffer. */
    private int endOfHead(ByteBuffer in) {
        for (int i = in.position(); i < in.limit(); i++) {
            byte b = in.get(i);
            if (b != '\n') {
                afterReturn = b == '\r';
                lineLength++;
            } else if (lineLength == 0 || lineLength == 1 && afterReturn) {
                return i + 1;
            } else {
                lineLength = 0;
                afterReturn = false;
            }
        }
        return -1;
    }

    private boolean firstLineEndsBare() {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                return i == 0 || bytes[i - 1] != '\r';
            }
        }
        return true;
    }

    private void keep(ByteBuffer in, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, (int) Math.min(maxBytes, 2L * bytes.length)));
        }
        in.get(bytes, length, count);
        length += count;
    }

    /**
     * The lines without their ends and without the empty one; one char for each byte. Where the first line ends with CRLF, as PHP-FPM writes
     * them, a bare line feed ends none: it stays in its line, which is then skipped for a control character.
     */
    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        boolean bare = firstLineEndsBare();
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n' && (bare || i > 0 && bytes[i - 1] == '\r' || i == length - 1)) {
                int end = i > start && bytes[i - 1] == '\r' ? i - 1 : i;
                if (end > start) {
                    lines.add(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
                }
                start = i + 1;
            }
        }
        return lines;
    }
}
