package org.jettyphp.servlet;

import java.nio.ByteBuffer;
import org.jettyphp.buffer.Spool;
import org.jettyphp.buffer.SpoolException;
import org.jettyphp.fastcgi.RequestBody;

/** A spooled body as an exchange reads it. */
record SpooledBody(Spool spool) implements RequestBody {

    @Override
    public long length() {
        return spool.length();
    }

    @Override
    public int read(long position, ByteBuffer into) throws SpoolException {
        return spool.read(position, into);
    }

    @Override
    public void close() throws SpoolException {
        spool.close();
    }
}
