package org.jettyphp.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads along what this JVM logs: Jetty's SLF4J binding writes to standard error as it is when the first line is written. */
final class CapturedLog implements AutoCloseable {

    private static final List<CapturedLog> READERS = new ArrayList<>();
    private static boolean installed;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    CapturedLog() {
        synchronized (READERS) {
            if (!installed) {
                System.setErr(new Tee(System.err));
                installed = true;
            }
            READERS.add(this);
        }
    }

    String text() {
        synchronized (READERS) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        synchronized (READERS) {
            READERS.remove(this);
        }
    }

    private static final class Tee extends PrintStream {

        Tee(PrintStream original) {
            super(original, true, StandardCharsets.UTF_8);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            super.write(from, offset, length);
            synchronized (READERS) {
                READERS.forEach(reader -> reader.bytes.write(from, offset, length));
            }
        }
    }
}
