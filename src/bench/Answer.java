import java.nio.charset.StandardCharsets;

/** An HTTP/1.1 answer as it comes in: its head, then its body without the framing of chunks. */
final class Answer {

    /** Who looks at the body's bytes as they come. */
    interface Body {
        void take(byte[] bytes, int from, int to);
    }

    private final Body body;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder head = new StringBuilder();
    private long left = -1;
    private boolean chunked;
    private boolean inHead = true;
    private boolean inChunk;
    private boolean inTrailer;

    int status;
    int chunks;
    long length;
    boolean complete;

    Answer(Body body) {
        this.body = body;
    }

    void take(byte[] bytes, int size) {
        int at = 0;
        while (at < size && !complete) {
            if (inHead || chunked && !inChunk) {
                at = takeLine(bytes, at, size);
                continue;
            }
            int end = left < 0 ? size : (int) Math.min(size, at + left);
            body.take(bytes, at, end);
            length += end - at;
            left -= left < 0 ? 0 : end - at;
            at = end;
            inChunk = left > 0;
            complete = left == 0 && !chunked;
        }
    }

    private int takeLine(byte[] bytes, int from, int size) {
        for (int at = from; at < size; at++) {
            if (bytes[at] == '\n') {
                String whole = line.toString().strip();
                line.setLength(0);
                if (inHead) {
                    headLine(whole);
                } else {
                    frameLine(whole);
                }
                return at + 1;
            }
            line.append((char) bytes[at]);
        }
        return size;
    }

    private void headLine(String text) {
        String lower = text.toLowerCase();
        if (status == 0) {
            status = Integer.parseInt(text.split(" ")[1]);
        } else if (lower.startsWith("content-length:")) {
            left = Long.parseLong(lower.substring(15).strip());
        } else if (lower.startsWith("transfer-encoding:")) {
            chunked = lower.endsWith("chunked");
        } else if (text.isEmpty()) {
            inHead = false;
            complete = !chunked && left == 0;
        }
        head.append(text).append('\n');
    }

    /** The size of a chunk, the empty line behind one, or the trailer. */
    private void frameLine(String text) {
        if (inTrailer) {
            complete = text.isEmpty();
        } else if (!text.isEmpty()) {
            left = Long.parseLong(text.split(";")[0].strip(), 16);
            inChunk = left > 0;
            inTrailer = left == 0;
            chunks += left > 0 ? 1 : 0;
        }
    }

    /** The connection has been closed; without any framing that is how a body ends. */
    void closed() {
        complete |= !inHead && !chunked && left < 0;
    }

    /** For short answers: a sink that keeps the text. */
    static Body text(StringBuilder into) {
        return (bytes, from, to) -> into.append(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }
}
