package org.jettyphp.peers;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An HTTP/2 client by prior knowledge that sends one request and sees how its stream ends. Written from RFC 9113 and RFC 7541. */
public final class RawHttp2 implements AutoCloseable {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** RFC 7541, appendix A. */
    private static final int AUTHORITY = 1;

    private static final int METHOD = 2;
    private static final int PATH = 4;
    private static final int SCHEME = 6;
    private static final int LARGEST_SHORT_LENGTH = 127;

    private final Socket socket;
    private final DataInputStream in;
    private RawHttp.Progress progress = size -> {};
    /** How much may be sent: on the connection, on the stream, and on a new stream according to the server's last SETTINGS. */
    private long connectionWindow = 65_535;
    private long streamWindow = 65_535;
    private long initialWindow = 65_535;

    /** How the stream ended: END_STREAM, RST_STREAM, or the connection's end; and the DATA until then. */
    public record Ending(boolean clean, boolean reset, String body) {}

    public RawHttp2(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        // No dynamic table to keep; a window larger than any answer here.
        write(SETTINGS, 0, 0, new byte[] {0, 4, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
        write(WINDOW_UPDATE, 0, 0, new byte[] {0x7F, (byte) 0xFE, 0, 0});
    }

    private void write(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length).put((byte) type).put((byte) flags).putInt(stream);
        socket.getOutputStream().write(frame.put(payload).array());
    }

    public RawHttp2 watchedBy(RawHttp.Progress watcher) {
        progress = watcher;
        return this;
    }

    /** A GET with an authority and without a Host, on stream 1. */
    public RawHttp2 get(String path) throws IOException {
        return head("GET", path, END_STREAM);
    }

    /** The head of a POST, whose body is to follow. */
    public RawHttp2 post(String path) throws IOException {
        return open("POST", path);
    }

    /** The head of a request whose body is to follow, without a length or a type. */
    public RawHttp2 open(String method, String path) throws IOException {
        return head(method, path, 0);
    }

    private RawHttp2 head(String method, String path, int endStream) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        literal(block, AUTHORITY, "authority.example:8080");
        literal(block, METHOD, method);
        literal(block, PATH, path);
        literal(block, SCHEME, "http");
        write(HEADERS, endStream | END_HEADERS, 1, block.toByteArray());
        return this;
    }

    /** A part of the body, as the server's windows allow. */
    public RawHttp2 data(byte[] bytes, boolean last) throws IOException {
        int sent = 0;
        do {
            int size = (int) Math.min(Math.min(16_384, bytes.length - sent), Math.min(connectionWindow, streamWindow));
            if (size <= 0 && bytes.length > sent) {
                Frame frame = next();
                if (frame.type() == HEADERS || frame.type() == RST_STREAM) {
                    throw new IOException("the stream ended before the body: frame of type " + frame.type());
                }
                continue;
            }
            sent += size;
            connectionWindow -= size;
            streamWindow -= size;
            write(DATA, last && sent == bytes.length ? END_STREAM : 0, 1, Arrays.copyOfRange(bytes, sent - size, sent));
        } while (sent < bytes.length);
        return this;
    }

    /** RFC 7541, section 6.2.2, a literal with an indexed name, not Huffman-coded. Tomcat 11.0.24 takes no pseudo-header's name as a literal. */
    private static void literal(ByteArrayOutputStream block, int name, String value) {
        block.write(name);
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length < LARGEST_SHORT_LENGTH) {
            block.write(bytes.length);
        } else {
            block.write(LARGEST_SHORT_LENGTH);
            int rest = bytes.length - LARGEST_SHORT_LENGTH;
            for (; rest > 127; rest >>= 7) {
                block.write(rest & 127 | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** The client does not want the answer any more: CANCEL. */
    public void cancel() throws IOException {
        write(RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
    }

    private record Frame(int type, int flags, byte[] payload) {
        boolean endsStream() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }
    }

    /** The next frame, after what the connection itself has to do with it. */
    private Frame next() throws IOException {
        int first = in.read();
        if (first < 0) {
            throw new EOFException();
        }
        int length = first << 16 | in.readUnsignedShort();
        int type = in.read();
        int flags = in.read();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        if (type == SETTINGS && (flags & ACK) == 0) {
            settings(ByteBuffer.wrap(payload));
            write(SETTINGS, ACK, 0, new byte[0]);
        } else if (type == PING && (flags & ACK) == 0) {
            write(PING, ACK, 0, payload);
        } else if (type == WINDOW_UPDATE) {
            int more = ByteBuffer.wrap(payload).getInt();
            connectionWindow += stream == 0 ? more : 0;
            streamWindow += stream == 0 ? 0 : more;
        }
        return new Frame(type, flags, payload);
    }

    private void settings(ByteBuffer settings) {
        while (settings.hasRemaining()) {
            int id = settings.getShort();
            int value = settings.getInt();
            if (id == INITIAL_WINDOW_SIZE) {
                streamWindow += value - initialWindow;
                initialWindow = value;
            }
        }
    }

    public Ending read() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            while (true) {
                Frame frame = next();
                if (frame.type() == DATA) {
                    body.write(frame.payload());
                    progress.arrived(body.size());
                }
                if (frame.endsStream()) {
                    return new Ending(true, false, body.toString(StandardCharsets.UTF_8));
                } else if (frame.type() == RST_STREAM || frame.type() == GOAWAY) {
                    return new Ending(false, frame.type() == RST_STREAM, body.toString(StandardCharsets.UTF_8));
                }
            }
        } catch (EOFException end) {
            return new Ending(false, false, body.toString(StandardCharsets.UTF_8));
        }
    }

    /** Leaves with a reset of the connection. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
