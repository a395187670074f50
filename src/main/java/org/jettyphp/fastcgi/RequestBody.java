package org.jettyphp.fastcgi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A request body. A complete one is read by position, so that it can be sent again on another connection. */
public interface RequestBody extends Closeable {

    /** No body: PHP sees an empty {@code php://input}. */
    RequestBody NONE = new RequestBody() {
        @Override
        public long length() {
            return 0;
        }

        @Override
        public int read(long position, ByteBuffer into) {
            return 0;
        }

        @Override
        public void close() {}
    };

    /** Its length in bytes, which is the CONTENT_LENGTH that PHP is told. */
    long length();

    /**
     * Copies bytes from the position, as many as there is room for or as there are, and says how many. A body that is still coming may have
     * none yet: then 0, and whoever was given to {@link #whenMore} is called later.
     *
     * @throws IOException if it cannot be read, or will not come whole
     */
    int read(long position, ByteBuffer into) throws IOException;

    /** Whether it is still coming: it can then be read only once, from its beginning to its end. */
    default boolean isComing() {
        return false;
    }

    /** What to call, on any thread, when there may be more to read; only of a body that is still coming. */
    default void whenMore(Runnable call) {}
}
