package org.jettyphp.peers;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An HTTP/2 client by prior knowledge that sends one request and sees how its stream ends. Written from RFC 9113 and RFC 7541. */
public final class RawHttp2 implements AutoCloseable {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final Socket socket;
    private final DataInputStream in;

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

    /** A GET with an authority and without a Host, on stream 1. */
    public RawHttp2 get(String path) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        literal(block, ":method", "GET");
        literal(block, ":scheme", "http");
        literal(block, ":authority", "authority.example:8080");
        literal(block, ":path", path);
        write(HEADERS, END_STREAM | END_HEADERS, 1, block.toByteArray());
        return this;
    }

    /** RFC 7541, section 6.2.2, a literal with a literal name, neither Huffman-coded. */
    private static void literal(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (String text : new String[] {name, value}) {
            block.write(text.length());
            block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The client does not want the answer any more: CANCEL. */
    public void cancel() throws IOException {
        write(RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
    }

    public Ending read() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int first = in.read();
            if (first < 0) {
                return new Ending(false, false, body.toString(StandardCharsets.UTF_8));
            }
            int length = first << 16 | in.readUnsignedShort();
            int type = in.read();
            int flags = in.read();
            in.readInt();
            byte[] payload = new byte[length];
            in.readFully(payload);
            if (type == SETTINGS && (flags & ACK) == 0) {
                write(SETTINGS, ACK, 0, new byte[0]);
            } else if (type == DATA) {
                body.write(payload);
            }
            if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
                return new Ending(true, false, body.toString(StandardCharsets.UTF_8));
            } else if (type == RST_STREAM || type == GOAWAY) {
                return new Ending(false, type == RST_STREAM, body.toString(StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
