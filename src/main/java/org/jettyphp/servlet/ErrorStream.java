package org.jettyphp.servlet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * PHP's error stream, one log line each, bounded: a script that writes 100 MB of warnings fills neither the heap nor the log.
 */
final class ErrorStream {

    private static final int LONGEST_LINE = 4096;
    private static final int MOST_LINES = 100;

    private final Consumer<String> log;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(0);
    private int lines;
    private long leftOut;

    /** Prepares the stream; the consumer gets each line without its end. */
    ErrorStream(Consumer<String> log) {
        this.log = log;
    }

    void add(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                endLine();
            } else if (line.size() < LONGEST_LINE && lines < MOST_LINES) {
                line.write(next);
            } else {
                leftOut++;
            }
        }
    }

    /** Something about the answer itself that whoever wrote the script should know. */
    void problem(String text) {
        if (++lines <= MOST_LINES) {
            log.accept(text);
        } else {
            leftOut += text.length();
        }
    }

    /** No more will come. */
    void end() {
        endLine();
        if (leftOut > 0) {
            log.accept("(" + leftOut + " more bytes of errors left out: at most " + MOST_LINES + " lines of " + LONGEST_LINE
                    + " bytes are logged for a request)");
        }
    }

    private void endLine() {
        if (line.size() > 0 && lines < MOST_LINES) {
            lines++;
            log.accept(line.toString(StandardCharsets.UTF_8).stripTrailing());
        }
        line.reset();
    }
}
