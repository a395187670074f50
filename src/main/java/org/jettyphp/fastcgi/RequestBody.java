package org.jettyphp.fastcgi;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A complete request body. It is read by position, so that it can be sent again on another connection. */
public interface RequestBody {

    /** No body: PHP sees an empty {@code php://input}. */
    RequestBody NONE = new RequestBody() {
        @Override
        public long length() {
            return 0;
        }

        @Override
        public void read(long position, ByteBuffer into) {}
    };

    /** Its length in bytes, which is the CONTENT_LENGTH that PHP is told. */
    long length();

    /** Fills the buffer's remaining room from the position, or as far as the body goes. */
    void read(long position, ByteBuffer into) throws IOException;
}
