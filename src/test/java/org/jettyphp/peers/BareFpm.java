package org.jettyphp.peers;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A FastCGI server that does nothing by itself: its script has the bare connection, to read as far as it likes, to write before it has read, to
 * close or to reset. Where a whole request and its answer are wanted, see {@link FakeFpm}.
 */
public final class BareFpm implements AutoCloseable {

    public static final int STDIN = 5;
    public static final int PARAMS = 4;
    public static final int GET_VALUES = 9;
    static final int BACKLOG = 100;

    /** What it does with the connection of this number, from 1; the connection is closed afterwards. */
    public interface Script {
        void serve(Line line, int number) throws Exception;
    }

    /** A record as it came, without its padding. */
    public record Record(byte[] head, byte[] content) {
        public int type() {
            return head[1];
        }
    }

    private final Path directory;
    private final ServerSocketChannel listener;
    private final String target;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private BareFpm(Path directory, SocketAddress address, int backlog, Script script) throws IOException {
        this.directory = directory;
        this.script = script;
        listener = ServerSocketChannel.open(family(address));
        listener.bind(address, backlog);
        target = address instanceof InetSocketAddress tcp
                ? (tcp.getAddress() instanceof Inet6Address ? "[::1]:" : "127.0.0.1:") + port()
                : address.toString();
    }

    private static StandardProtocolFamily family(SocketAddress address) {
        if (address instanceof InetSocketAddress tcp) {
            return tcp.getAddress() instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        }
        return StandardProtocolFamily.UNIX;
    }

    public static BareFpm onUnixSocket(Script script) throws IOException {
        return closedOnUnixSocket(BACKLOG, script).open();
    }

    public static BareFpm onTcp(Script script) throws IOException {
        return closedOnTcp(BACKLOG, script).open();
    }

    /** On a loopback address, IPv4 or IPv6. */
    public static BareFpm onTcp(InetAddress loopback, Script script) throws IOException {
        return new BareFpm(Trees.create(), new InetSocketAddress(loopback, 0), BACKLOG, script).open();
    }

    /** Listens with such a backlog and accepts nobody until it is opened. */
    public static BareFpm closedOnUnixSocket(int backlog, Script script) throws IOException {
        return closedOnUnixSocket("bare.sock", backlog, script);
    }

    static BareFpm closedOnUnixSocket(String name, int backlog, Script script) throws IOException {
        Path directory = Trees.create();
        return new BareFpm(directory, UnixDomainSocketAddress.of(directory.resolve(name)), backlog, script);
    }

    /** Listens with such a backlog and accepts nobody until it is opened. */
    public static BareFpm closedOnTcp(int backlog, Script script) throws IOException {
        return new BareFpm(Trees.create(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), backlog, script);
    }

    /** From now on connections are accepted. */
    public BareFpm open() {
        return openWhile(() -> true);
    }

    /** From now on connections are accepted, until this is found to be over when one has been: the others stay in the backlog. */
    public BareFpm openWhile(BooleanSupplier going) {
        run(() -> {
            while (going.getAsBoolean()) {
                SocketChannel channel = listener.accept();
                int number = connections.incrementAndGet();
                run(() -> {
                    try (channel) {
                        script.serve(new Line(channel), number);
                    }
                });
            }
        });
        return this;
    }

    private interface Work {
        void run() throws Exception;
    }

    private void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception over) {
                // The other side has left, the script wanted it so, or the test is over.
            }
        }, "bare-fpm");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    public String target() {
        return target;
    }

    /** Where it listens on TCP. */
    public int port() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
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

    /** One connection. */
    public static final class Line {

        private final SocketChannel channel;
        private final DataInputStream in;
        private final Wire wire;

        Line(SocketChannel channel) {
            this.channel = channel;
            this.in = new DataInputStream(Channels.newInputStream(channel));
            this.wire = new Wire(channel);
        }

        /** For writing. */
        public Wire wire() {
            return wire;
        }

        public byte[] read(int size) throws IOException {
            byte[] bytes = new byte[size];
            in.readFully(bytes);
            return bytes;
        }

        public Record record() throws IOException {
            byte[] head = recordHead();
            return new Record(head, recordContent(head));
        }

        /** The first half of {@link #record()}. */
        byte[] recordHead() throws IOException {
            return read(8);
        }

        /** The second half. */
        byte[] recordContent(byte[] head) throws IOException {
            byte[] content = read((head[4] & 0xFF) << 8 | head[5] & 0xFF);
            in.skipBytes(head[6] & 0xFF);
            return content;
        }

        /** Reads up to the empty record of this type, and answers GET_VALUES on the way. */
        public void readThrough(int type) throws IOException {
            for (Record record = record(); record.type() != type || record.content().length > 0; record = record()) {
                if (record.type() == GET_VALUES) {
                    answerValues();
                }
            }
        }

        public void answerValues() throws IOException {
            wire.record(10, 0, "\17\1FCGI_MPXS_CONNS0".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        }

        /** On TCP an RST; on a Unix socket the same for the other side if it has sent what was not read. */
        public void reset() throws IOException {
            if (!(channel.getRemoteAddress() instanceof UnixDomainSocketAddress)) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        }
    }
}
