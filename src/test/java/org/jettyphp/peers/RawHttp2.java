package org.jettyphp.peers;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An HTTP/2 client by prior knowledge that sends a request, unchecked if need be, and sees how its stream ends. Written from RFC 9113 and RFC 7541. */
public final class RawHttp2 implements AutoCloseable {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int GOAWAY = 7;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int LARGEST_FRAME = 16_384;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** RFC 7541, appendix A. */
    private static final Map<String, Integer> STATIC_TABLE = Map.of(":authority", 1, ":method", 2, ":path", 4, ":scheme", 6);

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
        this(port, 30_000);
    }

    /** With a limit on the time between two frames. */
    public RawHttp2(int port, int timeoutMillis) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(timeoutMillis);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        // No dynamic table to keep; a window larger than any answer here.
        write(SETTINGS, 0, 0, new byte[] {0, 1, 0, 0, 0, 0, 0, 4, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
        write(WINDOW_UPDATE, 0, 0, new byte[] {0x7F, (byte) 0xFE, 0, 0});
    }

    /** Any frame at all. */
    public RawHttp2 frame(int type, int flags, int stream, byte[] payload) throws IOException {
        write(type, flags, stream, payload);
        return this;
    }

    /** A frame of which the second half is missing. */
    public void half(int type, int flags, int stream, byte[] payload) throws IOException {
        socket.getOutputStream().write(bytes(type, flags, stream, payload), 0, 9 + payload.length / 2);
    }

    private void write(int type, int flags, int stream, byte[] payload) throws IOException {
        socket.getOutputStream().write(bytes(type, flags, stream, payload));
    }

    private static byte[] bytes(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length).put((byte) (payload.length >> 16)).putShort((short) payload.length).put((byte) type)
                .put((byte) flags).putInt(stream).put(payload).array();
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
        write(HEADERS, endStream | END_HEADERS, 1, block(method, path));
        return this;
    }

    /** The header block of a request, with fields as name, value, name, value. */
    public static byte[] block(String method, String path, String... fields) {
        List<String> all = new ArrayList<>(
                List.of(":method", method, ":scheme", "http", ":authority", "authority.example:8080", ":path", path));
        all.addAll(List.of(fields));
        return block(all);
    }

    private static byte[] block(List<String> fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.size(); i += 2) {
            literal(block, fields.get(i), fields.get(i + 1));
        }
        return block.toByteArray();
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

    /**
     * A whole request on a stream of its own, with exactly these fields, checked by nobody.
     *
     * @param fields name, value, name, value, as ISO-8859-1
     * @param body at most what the server's first window takes; empty for none
     */
    public RawHttp2 request(int stream, List<String> fields, byte[] body) throws IOException {
        byte[] all = block(fields);
        int sent = 0;
        do {
            int size = Math.min(LARGEST_FRAME, all.length - sent);
            int flags = (sent + size == all.length ? END_HEADERS : 0) | (sent == 0 && body.length == 0 ? END_STREAM : 0);
            write(sent == 0 ? HEADERS : CONTINUATION, flags, stream, Arrays.copyOfRange(all, sent, sent + size));
            sent += size;
        } while (sent < all.length);
        if (body.length > 0) {
            write(DATA, END_STREAM, stream, body);
        }
        return this;
    }

    /** RFC 7541, section 6.2.2, a literal, not Huffman-coded; Tomcat 11.0.24 takes the name of a pseudo-header only from the static table. */
    private static void literal(ByteArrayOutputStream block, String name, String value) {
        int index = STATIC_TABLE.getOrDefault(name, 0);
        block.write(index);
        for (String text : index == 0 ? List.of(name, value) : List.of(value)) {
            length(block, text.length());
            block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** RFC 7541, section 5.1, with a prefix of 7 bits. */
    private static void length(ByteArrayOutputStream block, int length) {
        block.write(Math.min(length, 127));
        if (length >= 127) {
            int rest = length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write(rest & 127 | 128);
            }
            block.write(rest);
        }
    }

    /** The client does not want the answer any more: CANCEL. */
    public void cancel() throws IOException {
        write(RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
    }

    /** A frame as it came, without padding and priority, which servers do not send. */
    public record Frame(int type, int flags, int stream, byte[] payload) {
        public boolean endsStream() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }
    }

    /** The next frame, after what the connection itself has to do with it. */
    public Frame next() throws IOException {
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
        return new Frame(type, flags, stream, payload);
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
        return readOf(0);
    }

    /** Of one stream; 0: of whichever ends first, if only by a GOAWAY. */
    public Ending readOf(int stream) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            while (true) {
                Frame frame = next();
                if (stream != 0 && frame.stream() != stream) {
                    continue;
                }
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

    /** How the server ends the connection: the error code and the reason of its GOAWAY; empty if it just closes. */
    public String goAway() throws IOException {
        try {
            while (true) {
                Frame frame = next();
                if (frame.type() == GOAWAY) {
                    ByteBuffer payload = ByteBuffer.wrap(frame.payload());
                    return payload.getInt(4) + " " + StandardCharsets.US_ASCII.decode(payload.position(8));
                }
            }
        } catch (EOFException | SocketException end) {
            return "";
        }
    }

    /** Whether the server closes the connection, whatever it still sends. */
    public boolean ends() throws IOException {
        try {
            while (true) {
                next();
            }
        } catch (EOFException | SocketException end) {
            return true;
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
