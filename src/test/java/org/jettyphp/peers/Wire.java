package org.jettyphp.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes records, or anything else. */
public final class Wire {

    private static final int LARGEST_RECORD = 65_528;

    private final SocketChannel channel;
    private int pieces = Integer.MAX_VALUE;
    private int padding;

    Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /** From now on no write has more bytes than this. */
    public Wire pieces(int size) {
        pieces = size;
        return this;
    }

    /** From now on every record has this much padding, 0 to 255. */
    public Wire padding(int size) {
        padding = size;
        return this;
    }

    /** In as many records as PHP makes of it. */
    public Wire stdout(String text) throws IOException {
        byte[] all = text.getBytes(StandardCharsets.ISO_8859_1);
        int at = 0;
        do {
            int end = Math.min(all.length, at + LARGEST_RECORD);
            record(6, 1, Arrays.copyOfRange(all, at, end));
            at = end;
        } while (at < all.length);
        return this;
    }

    public Wire stderr(String text) throws IOException {
        return record(7, 1, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** REQUEST_COMPLETE is 0. */
    public Wire end(int protocolStatus) throws IOException {
        return record(3, 1, new byte[] {0, 0, 0, 0, (byte) protocolStatus, 0, 0, 0});
    }

    public Wire record(int type, int id, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + content.length + padding);
        bytes.put((byte) 1).put((byte) type).putShort((short) id).putShort((short) content.length).put((byte) padding).put((byte) 0);
        return raw(bytes.put(content).array());
    }

    public Wire raw(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length;) {
            int size = Math.min(pieces, bytes.length - at);
            ByteBuffer piece = ByteBuffer.wrap(bytes, at, size);
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
            at += size;
        }
        return this;
    }

    public void close() throws IOException {
        channel.close();
    }
}
