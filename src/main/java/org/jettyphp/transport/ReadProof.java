package org.jettyphp.transport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this system tells when the other side of a Unix-domain connection has read what was written. On Linux a socket with the smallest
 * send buffer is writable only while at most a quarter of it is used ({@code unix_writable} in net/unix/af_unix.c, {@code SOCK_MIN_SNDBUF} in
 * include/net/sock.h), and one piece of some hundred bytes uses more than that until its last byte has been read. Because that is no contract of
 * the system's, it is tried once before it is relied on.
 */
final class ReadProof {

    /** A piece this long, written at once, fills more than a quarter of the smallest buffer, whatever the allocator rounds it to. */
    static final int PIECE = 1024;

    /** A shorter one may fit a quarter. */
    static final int SHORTEST = 512;

    private static final Logger LOG = LoggerFactory.getLogger(ReadProof.class);
    private static final boolean WORKS = tryOut();

    private ReadProof() {}

    static boolean works() {
        return WORKS;
    }

    private static boolean tryOut() {
        try {
            Path directory = Files.createTempDirectory("jetty-php-fpm-");
            Path socket = directory.resolve("s");
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(socket));
                try (SocketChannel writer = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                        SocketChannel reader = server.accept();
                        Selector selector = Selector.open()) {
                    return tells(writer, reader, selector, PIECE) && tells(writer, reader, selector, SHORTEST);
                }
            } finally {
                Files.deleteIfExists(socket);
                Files.deleteIfExists(directory);
            }
        } catch (IOException | UnsupportedOperationException unknown) {
            LOG.debug("Whether a socket tells what has been read could not be tried", unknown);
            return false;
        }
    }

    private static boolean tells(SocketChannel writer, SocketChannel reader, Selector selector, int size) throws IOException {
        writer.setOption(StandardSocketOptions.SO_SNDBUF, 1);
        writer.configureBlocking(false);
        SelectionKey key = writer.keyFor(selector) != null ? writer.keyFor(selector) : writer.register(selector, SelectionKey.OP_WRITE);
        boolean atOnce = writer.write(ByteBuffer.allocate(size)) == size;
        boolean unread = !isWritable(selector, key);
        boolean read = reader.read(ByteBuffer.allocate(size - 1)) == size - 1;
        boolean almostRead = !isWritable(selector, key);
        read &= reader.read(ByteBuffer.allocate(1)) == 1;
        return atOnce && unread && read && almostRead && isWritable(selector, key);
    }

    private static boolean isWritable(Selector selector, SelectionKey key) throws IOException {
        selector.selectNow();
        return selector.selectedKeys().remove(key);
    }
}
