package org.jettyphp.fastcgi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.fcgi.FCGI;
import org.jettyphp.transport.Connection;

/** What is still to be written of a request: the head, then the body cut into STDIN records, then the empty STDIN that ends it. */
final class Outgoing {

    private static final int BODY_CHUNK = 63 * 1024;

    private final RequestBody body;
    private final ByteBuffer[] buffers;
    private final ByteBuffer record;
    private long position;
    private boolean closed;
    private boolean givenUp;

    Outgoing(ByteBuffer head, RequestBody body) {
        this.body = body;
        record = ByteBuffer.allocate((int) Math.min(body.length(), BODY_CHUNK) + 2 * RequestHead.RECORD_HEAD).limit(0);
        buffers = new ByteBuffer[] {head, record};
    }

    /** Whether not everything is out. */
    boolean pending() {
        return hasBytes() || !closed;
    }

    /** Whether there are bytes for the socket; a body that is still coming may have none yet. */
    boolean hasBytes() {
        return buffers[0].hasRemaining() || record.hasRemaining();
    }

    /** Nobody reads any more. */
    void giveUp() {
        buffers[0].position(buffers[0].limit());
        record.limit(0);
        closed = true;
        givenUp = true;
    }

    /** Whether the other side has taken everything. */
    boolean allSent() {
        return !pending() && !givenUp;
    }

    /** Writes what the socket takes, in one gathered system call. */
    long writeTo(Connection connection) throws IOException {
        return connection.write(buffers, buffers.length);
    }

    /** Prepares the next record when the last one is out. php-fpm reads exactly CONTENT_LENGTH bytes; the end record comes right behind. */
    void fill() throws IOException {
        // What has been read of a body that is still coming is gone: so not before the head is out and a retry out of the question.
        if (record.hasRemaining() || closed || body.isComing() && buffers[0].hasRemaining()) {
            return;
        }
        record.clear();
        int most = (int) Math.min(BODY_CHUNK, body.length() - position);
        if (most > 0) {
            readBody(most);
        }
        if (position == body.length()) {
            stdin(record.position(), 0);
            record.position(record.position() + RequestHead.RECORD_HEAD);
            closed = true;
        }
        record.flip();
    }

    private void readBody(int most) throws IOException {
        record.position(RequestHead.RECORD_HEAD).limit(RequestHead.RECORD_HEAD + most);
        int size = body.read(position, record);
        record.limit(record.capacity());
        if (size < most && !body.isComing()) {
            throw new IOException("the body has fewer bytes than the " + body.length() + " promised to PHP");
        }
        if (size == 0) {
            record.position(0);
            return;
        }
        stdin(0, size);
        position += size;
    }

    private void stdin(int at, int size) {
        record.put(at, (byte) 1).put(at + 1, (byte) FCGI.FrameType.STDIN.code).putShort(at + 2, (short) RequestHead.REQUEST_ID);
        record.putShort(at + 4, (short) size).putShort(at + 6, (short) 0);
    }
}
