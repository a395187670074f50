package org.jettyphp.peers;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A FastCGI server that does what a script tells it, misbehaviour included. It decodes requests by itself, on purpose without any code of the
 * program: an independent reading of the specification.
 */
public final class FakeFpm implements AutoCloseable {

    /** What it does with a request. */
    public interface Script {
        void answer(Request request, Wire wire) throws Exception;
    }

    /** Lets records of a type (1 BEGIN_REQUEST, 9 GET_VALUES) wait when their heads have been read. */
    public interface Gate {
        void pass(int type) throws Exception;
    }

    /** A request as it came. */
    public record Request(Map<String, String> params, byte[] body, boolean keep, int paramsRecords) {}

    private final Path directory;
    private final Path socket;
    private final ServerSocketChannel listener;
    private final Script script;
    private final Gate gate;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    public FakeFpm(Script script) throws IOException {
        this(script, type -> {});
    }

    public FakeFpm(Script script, Gate gate) throws IOException {
        this.script = script;
        this.gate = gate;
        directory = Trees.create();
        socket = directory.resolve("fake.sock");
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket), 100);
        daemon(this::accept);
    }

    private void daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-fpm");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = listener.accept();
                connections.incrementAndGet();
                daemon(() -> serve(channel));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            Wire wire = new Wire(channel);
            for (Request request = read(in, wire, gate); request != null; request = read(in, wire, gate)) {
                requests.add(request);
                script.answer(request, wire);
                if (!request.keep() || !channel.isOpen()) {
                    return;
                }
            }
        } catch (Exception gone) {
            // The other side has left, or the script wanted it so.
        }
    }

    private static Request read(DataInputStream in, Wire wire, Gate gate) throws Exception {
        Map<String, String> params = new LinkedHashMap<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean keep = false;
        int paramsRecords = 0;
        while (true) {
            byte[] head = new byte[8];
            try {
                in.readFully(head);
            } catch (EOFException end) {
                return null;
            }
            gate.pass(head[1]);
            byte[] content = new byte[(head[4] & 0xFF) << 8 | head[5] & 0xFF];
            in.readFully(content);
            in.skipBytes(head[6] & 0xFF);
            switch (head[1]) {
                case 1 -> keep = (content[2] & 1) != 0;
                case 4 -> {
                    paramsRecords += content.length > 0 ? 1 : 0;
                    decode(ByteBuffer.wrap(content), params);
                }
                case 5 -> {
                    if (content.length == 0) {
                        return new Request(params, body.toByteArray(), keep, paramsRecords);
                    }
                    body.write(content);
                }
                case 9 -> wire.record(10, 0, "\17\1FCGI_MPXS_CONNS0".getBytes(StandardCharsets.ISO_8859_1));
                default -> throw new IOException("a record of type " + head[1]);
            }
        }
    }

    private static void decode(ByteBuffer content, Map<String, String> params) {
        while (content.hasRemaining()) {
            byte[] name = new byte[length(content)];
            byte[] value = new byte[length(content)];
            content.get(name).get(value);
            params.put(new String(name, StandardCharsets.UTF_8), new String(value, StandardCharsets.UTF_8));
        }
    }

    private static int length(ByteBuffer content) {
        int first = content.get() & 0xFF;
        return first < 128 ? first
                : (first & 0x7F) << 24 | (content.get() & 0xFF) << 16 | (content.get() & 0xFF) << 8 | content.get() & 0xFF;
    }

    public String target() {
        return socket.toString();
    }

    public List<Request> requests() {
        return requests;
    }

    public int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        // Ends a script that waits, and closes the connection of one that reads or writes.
        threads.forEach(Thread::interrupt);
        Trees.delete(directory);
    }

    /** Writes records, or anything else. */
    public static final class Wire {

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

        public Wire stdout(String text) throws IOException {
            return record(6, 1, text.getBytes(StandardCharsets.ISO_8859_1));
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
}
