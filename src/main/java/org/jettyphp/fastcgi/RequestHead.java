package org.jettyphp.fastcgi;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.fcgi.FCGI;

/**
 * The records that open a request, as bytes: BEGIN_REQUEST, PARAMS and the empty PARAMS. The bytes do not change once finished, so that the
 * same head can be sent again on another connection.
 *
 * <p>php-fpm decodes each PARAMS record by itself: a name-value pair that straddles two records is lost together with all that follows
 * (php-src, {@code fcgi_get_params}), so a pair always goes whole into one record.
 */
public final class RequestHead {

    /** The id of the only request on a connection: php-fpm does not multiplex. */
    static final int REQUEST_ID = 1;

    static final int RECORD_HEAD = 8;
    static final int MAX_CONTENT = 0xFFFF;

    private static final int RESPONDER = 1;
    private static final int KEEP_CONNECTION = 1;
    private static final int FLAGS_AT = RECORD_HEAD + 2;

    /** BEGIN_REQUEST, the head of one PARAMS, and the empty PARAMS. */
    private static final int AROUND = 4 * RECORD_HEAD;

    private byte[] bytes;
    private int length;
    private int recordAt;

    /** With little room to begin with. */
    public RequestHead() {
        this(64);
    }

    /** @param room how many bytes the variables will take, {@link #sizeOf} of them all: then nothing is copied, and nothing is too much */
    public RequestHead(int room) {
        bytes = new byte[AROUND + room];
        startRecord(FCGI.FrameType.BEGIN_REQUEST);
        bytes[length + 1] = RESPONDER;
        length += 8;
        endRecord();
        startRecord(FCGI.FrameType.PARAMS);
    }

    /** How many bytes a variable takes. */
    public static int sizeOf(byte[] name, byte[] value) {
        return lengthSize(name.length) + lengthSize(value.length) + name.length + value.length;
    }

    /**
     * Adds a variable. The caller sees to it that no name comes twice: in php-fpm the last one would win.
     *
     * @throws IllegalArgumentException if the pair does not fit a record (65,535 bytes with its lengths)
     */
    public void add(byte[] name, byte[] value) {
        int size = sizeOf(name, value);
        if (size > MAX_CONTENT) {
            throw new IllegalArgumentException(
                    "a variable of " + size + " bytes is longer than the " + MAX_CONTENT + " a FastCGI record can carry");
        }
        if (length - recordAt - RECORD_HEAD + size > MAX_CONTENT) {
            endRecord();
            startRecord(FCGI.FrameType.PARAMS);
        }
        ensure(size);
        putLength(name.length);
        putLength(value.length);
        System.arraycopy(name, 0, bytes, length, name.length);
        length += name.length;
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    /** Ends the variables; nothing can be added afterwards. What was not needed is given back: ten thousand may wait for a worker. */
    public RequestHead finish() {
        endRecord();
        if (length > recordAt + RECORD_HEAD) {
            startRecord(FCGI.FrameType.PARAMS);
            endRecord();
        }
        if (length < bytes.length) {
            bytes = Arrays.copyOf(bytes, length);
        }
        return this;
    }

    /** The finished head, for one connection. */
    ByteBuffer forConnection(boolean kept) {
        bytes[FLAGS_AT] = kept ? (byte) KEEP_CONNECTION : 0;
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private void startRecord(FCGI.FrameType type) {
        ensure(RECORD_HEAD);
        recordAt = length;
        bytes[length] = 1;
        bytes[length + 1] = (byte) type.code;
        bytes[length + 2] = 0;
        bytes[length + 3] = REQUEST_ID;
        length += RECORD_HEAD;
    }

    private void endRecord() {
        int content = length - recordAt - RECORD_HEAD;
        bytes[recordAt + 4] = (byte) (content >> 8);
        bytes[recordAt + 5] = (byte) content;
    }

    private void putLength(int value) {
        if (value > 127) {
            bytes[length++] = (byte) (value >> 24 | 0x80);
            bytes[length++] = (byte) (value >> 16);
            bytes[length++] = (byte) (value >> 8);
        }
        bytes[length++] = (byte) value;
    }

    private static int lengthSize(int value) {
        return value > 127 ? 4 : 1;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
