package org.jettyphp.servlet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jettyphp.buffer.Spool;
import org.jettyphp.fastcgi.RequestBody;

/** A spooled body as an exchange reads it. */
record SpooledBody(Spool spool) implements RequestBody {

    @Override
    public long length() {
        return spool.length();
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        spool.read(position, into);
    }
}
