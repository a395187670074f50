package org.jettyphp.fastcgi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.fcgi.FCGI;

/**
 * Takes the records of an answer apart, wherever the reads cut them. Not Jetty's {@code HeaderParser}: that one keeps the version to itself
 * and turns an unknown type into null, and both mean here that the other side does not speak FastCGI.
 */
final class RecordReader {

    /** FCGI_REQUEST_COMPLETE: the only protocol status that ends an answer. */
    static final int REQUEST_COMPLETE = 0;

    /** FCGI_OVERLOADED: another one may do it. */
    static final int OVERLOADED = 2;

    private final ByteBuffer head = ByteBuffer.allocate(RequestHead.RECORD_HEAD);
    private final ByteBuffer end = ByteBuffer.allocate(8);
    private int type;
    private int content;
    private int padding;
    private boolean ended;

    /** Whether END_REQUEST has come. */
    boolean ended() {
        return ended && content == 0 && padding == 0;
    }

    /** FCGI_REQUEST_COMPLETE (0), CANT_MPX_CONN (1), OVERLOADED (2) or UNKNOWN_ROLE (3); valid once {@link #ended()}. */
    int protocolStatus() {
        return end.get(4) & 0xFF;
    }

    /**
     * Consumes the buffer up to the end of the answer; what is left behind it does not belong there.
     *
     * @throws MalformedRecordException if it is not FastCGI or not for this request
     */
    void read(ByteBuffer from, ResponseSink sink) throws IOException {
        while (!ended() && from.hasRemaining()) {
            if (content > 0) {
                readContent(from, sink);
            } else if (padding > 0) {
                int skipped = Math.min(padding, from.remaining());
                from.position(from.position() + skipped);
                padding -= skipped;
            } else {
                readHead(from);
            }
        }
    }

    private void readHead(ByteBuffer from) throws MalformedRecordException {
        while (head.hasRemaining() && from.hasRemaining()) {
            head.put(from.get());
        }
        if (head.hasRemaining()) {
            return;
        }
        int version = head.get(0) & 0xFF;
        int id = head.getShort(2) & 0xFFFF;
        type = head.get(1) & 0xFF;
        content = head.getShort(4) & 0xFFFF;
        padding = head.get(6) & 0xFF;
        head.clear();
        if (version != 1) {
            throw new MalformedRecordException("a record of version " + version + " (FastCGI has version 1)");
        }
        if (id != RequestHead.REQUEST_ID) {
            throw new MalformedRecordException("a record for request " + id + " (asked was " + RequestHead.REQUEST_ID + ")");
        }
        if (type == FCGI.FrameType.END_REQUEST.code) {
            if (content != 8) {
                throw new MalformedRecordException("an END_REQUEST of " + content + " bytes (it has 8)");
            }
            ended = true;
        } else if (type != FCGI.FrameType.STDOUT.code && type != FCGI.FrameType.STDERR.code) {
            throw new MalformedRecordException("a record of type " + type);
        }
    }

    private void readContent(ByteBuffer from, ResponseSink sink) throws IOException {
        int size = Math.min(content, from.remaining());
        ByteBuffer slice = from.slice(from.position(), size);
        from.position(from.position() + size);
        content -= size;
        if (type == FCGI.FrameType.STDOUT.code) {
            sink.output(slice);
        } else if (type == FCGI.FrameType.STDERR.code) {
            sink.error(slice);
        } else {
            end.put(slice);
        }
    }

    /** Bytes that are no FastCGI answer. */
    static final class MalformedRecordException extends IOException {
        private static final long serialVersionUID = 1;

        MalformedRecordException(String message) {
            super(message);
        }
    }
}
