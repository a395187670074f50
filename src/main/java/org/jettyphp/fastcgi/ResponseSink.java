package org.jettyphp.fastcgi;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes what comes from PHP while an exchange runs, on the thread that runs it. */
public interface ResponseSink {

    /** Bytes of PHP's output: head and body. They must be taken whole; the buffer is used again afterwards. */
    void output(ByteBuffer bytes) throws IOException;

    /** Bytes of PHP's error stream. */
    void error(ByteBuffer bytes);

    /** Whether to wait a moment for more before {@link #pause}; else what has come is final at once. */
    default boolean gathers() {
        return true;
    }

    /** Nothing more to read for now: what has come so far was flushed by PHP, or PHP is still writing. */
    void pause() throws IOException;
}
