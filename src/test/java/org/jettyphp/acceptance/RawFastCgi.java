package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A connection on which records are written and read by hand. */
final class RawFastCgi implements AutoCloseable {

    static final int BEGIN = 1;
    static final int ABORT = 2;
    static final int PARAMS = 4;
    static final int STDIN = 5;
    private static final int END = 3;

    private final SocketChannel channel;
    private final DataInputStream in;
    private final Path root;

    /** To a php-fpm on a Unix socket or a port of this machine, for scripts below the root. */
    RawFastCgi(String target, Path root) throws IOException {
        this.root = root;
        channel = SocketChannel.open(address(target));
        in = new DataInputStream(Channels.newInputStream(channel));
    }

    private static SocketAddress address(String target) {
        return target.startsWith("/")
                ? UnixDomainSocketAddress.of(target)
                : new InetSocketAddress("127.0.0.1", Integer.parseInt(target.split(":")[1]));
    }

    /** For reading. */
    DataInputStream in() {
        return in;
    }

    int available() throws IOException {
        return in.available();
    }

    RawFastCgi record(int type, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + content.length);
        bytes.put(new byte[] {1, (byte) type, 0, (byte) (type == 9 ? 0 : 1)}).putShort((short) content.length).putShort((short) 0);
        try {
            channel.write(bytes.put(content).flip());
        } catch (IOException closed) {
            // php-fpm may have closed before it has read everything; what it has sent is still there to be read.
            assertTrue(String.valueOf(closed.getMessage()).matches(".*(pipe|reset).*"), closed.toString());
        }
        return this;
    }

    RawFastCgi begin(boolean keep, String script) throws IOException {
        record(BEGIN, new byte[] {0, 1, (byte) (keep ? 1 : 0), 0, 0, 0, 0, 0});
        return params("SCRIPT_FILENAME", root + "/" + script, "SCRIPT_NAME", "/" + script, "REQUEST_METHOD", "POST");
    }

    RawFastCgi params(String... pairs) throws IOException {
        return record(PARAMS, bytes(pairs));
    }

    RawFastCgi body(String body) throws IOException {
        record(PARAMS, new byte[0]);
        if (!body.isEmpty()) {
            record(STDIN, body.getBytes(StandardCharsets.US_ASCII));
        }
        return record(STDIN, new byte[0]);
    }

    /** What comes behind the headers, and " END" if END_REQUEST did. */
    String answer() throws IOException {
        String all = all();
        return all.substring(all.indexOf("\r\n\r\n") < 0 ? 0 : all.indexOf("\r\n\r\n") + 4);
    }

    /** The same with the headers. */
    String all() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String end = "";
        try {
            while (end.isEmpty()) {
                byte[] head = new byte[8];
                in.readFully(head);
                byte[] content = new byte[(head[4] & 0xFF) << 8 | head[5] & 0xFF];
                in.readFully(content);
                in.skipBytes(head[6] & 0xFF);
                assertEquals(0, (content.length + (head[6] & 0xFF)) % 8, "records are padded to 8");
                assertTrue(content.length <= 65_528 && content.length > 0);
                end = head[1] == END ? " END " + content[4] : "";
                out.write(head[1] == 6 ? content : new byte[0]);
            }
        } catch (IOException lost) {
            end = " LOST";
        }
        return out.toString(StandardCharsets.US_ASCII) + end;
    }

    /** Waits for the end of the connection, of which nothing has been read: a reset, or an end of file. */
    boolean isReset() {
        try {
            assertEquals(-1, in.read());
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** As name-value pairs, each shorter than 128 bytes. */
    static byte[] bytes(String... pairs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < pairs.length; i += 2) {
            bytes.write(pairs[i].length());
            bytes.write(pairs[i + 1].length());
            bytes.writeBytes((pairs[i] + pairs[i + 1]).getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }
}
