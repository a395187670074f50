package org.jettyphp.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * One open socket, used by one thread at a time. Reads and writes never block; {@link #await} is the only place that waits.
 */
public final class Connection implements Closeable {

    private final SocketChannel channel;
    /** Null while it belongs to no thread: a kept connection that is idle, one that was opened ahead. */
    private @Nullable Poller poller;

    private @Nullable SelectionKey key;

    /** Over TCP, where the system can be told to acknowledge at once (Linux). */
    private final boolean acknowledges;

    private boolean toAcknowledge;

    private Connection(SocketChannel channel) {
        this.channel = channel;
        this.acknowledges = channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    }

    /**
     * Connects to one alternative of the address.
     *
     * @throws SocketTimeoutException when the deadline passes first
     * @throws IOException when the other side refuses; a Unix socket whose backlog is full fails at once (EAGAIN)
     */
    static Connection open(Address address, SocketAddress resolved, Poller poller, Deadline deadline) throws IOException {
        StandardProtocolFamily family = address.family(resolved);
        SocketChannel channel = SocketChannel.open(family);
        try {
            channel.configureBlocking(false);
            if (family != StandardProtocolFamily.UNIX) {
                // Our last small record must not wait for the acknowledgement of the one before it (Nagle).
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            boolean connected = channel.connect(resolved);
            Connection connection = new Connection(channel);
            connection.attach(poller);
            if (!connected) {
                connection.finishConnect(deadline);
            }
            return connection;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            poller.flush();
            throw failed;
        }
    }

    /**
     * Connects if that needs no waiting, to a Unix-domain socket; not attached.
     *
     * @return null if it would have to wait
     * @throws IOException when it cannot be connected to, a full backlog (EAGAIN) included
     */
    public static @Nullable Connection openAtOnce(Address address) throws IOException {
        if (!(address instanceof Address.Unix unix)) {
            return null;
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            channel.configureBlocking(false);
            connected = channel.connect(UnixDomainSocketAddress.of(unix.path()));
        } finally {
            if (!connected) {
                channel.close();
            }
        }
        return connected ? new Connection(channel) : null;
    }

    /**
     * Connects to the first alternative of the address that can be connected to; each has its share of the time that is left.
     *
     * @throws NoneConnectedException if there are several and none could be
     * @throws IOException why the only one could not
     */
    public static Connection open(Address address, Poller poller, Deadline deadline) throws IOException {
        List<SocketAddress> alternatives = address.resolve();
        List<NoneConnectedException.Failed> failures = new ArrayList<>(0);
        for (SocketAddress alternative : alternatives) {
            try {
                return open(address, alternative, poller, deadline.share(alternatives.size() - failures.size()));
            } catch (IOException failed) {
                failures.add(new NoneConnectedException.Failed(alternative, failed));
            }
        }
        throw failures.size() == 1 ? failures.get(0).cause() : new NoneConnectedException(failures);
    }

    private void finishConnect(Deadline deadline) throws IOException {
        while (!channel.finishConnect()) {
            if (!await(SelectionKey.OP_CONNECT, deadline) && deadline.isPast()) {
                throw new SocketTimeoutException("not connected in time");
            }
        }
    }

    /**
     * Waits for one of the operations of {@link SelectionKey}; false when woken up early or when the deadline has passed.
     *
     * <p>What has been read is acknowledged before: php-fpm leaves Nagle's algorithm on, so its next piece waits for that, and Linux delays it by 40 ms
     * on a connection that goes to and fro. A page of 32 KiB comes in pieces of 8.
     */
    public boolean await(int operations, Deadline deadline) throws IOException {
        if (toAcknowledge) {
            toAcknowledge = false;
            channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
        return Objects.requireNonNull(poller).await(Objects.requireNonNull(key), operations, deadline);
    }

    /** Reads what is there: the number of bytes, 0 for nothing now, -1 when the other side has closed. */
    public int read(ByteBuffer into) throws IOException {
        int read = channel.read(into);
        toAcknowledge = acknowledges && (toAcknowledge || read > 0);
        return read;
    }

    /** Writes what the socket takes now, in one gathered system call. */
    public long write(ByteBuffer[] from, int count) throws IOException {
        return channel.write(from, 0, count);
    }

    /**
     * Writes everything and waits until the other side has read it, where that can be told: over a Unix-domain socket on a system that was
     * found to tell ({@link ReadProof}), and with at least {@link ReadProof#SHORTEST} bytes.
     *
     * @return whether it could be told; if not, nothing has been written. If so the other side has read everything, or has closed: then the next
     *         read says how, with its end (-1) after it has read everything, with a reset before
     * @throws SocketTimeoutException when the deadline passes first
     * @throws IOException when it closed before everything was written
     */
    public boolean writeAndAwaitRead(ByteBuffer bytes, Deadline deadline) throws IOException {
        if (bytes.remaining() < ReadProof.SHORTEST || !isUnixDomain() || !ReadProof.works()) {
            return false;
        }
        int usual = channel.getOption(StandardSocketOptions.SO_SNDBUF);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 1);
        int end = bytes.limit();
        writeFully(bytes.limit(Math.max(bytes.position(), end - ReadProof.PIECE)), deadline);
        writeFully(bytes.limit(end), deadline);
        awaitWritable(deadline);
        // Linux doubles what it is given.
        channel.setOption(StandardSocketOptions.SO_SNDBUF, usual / 2);
        return true;
    }

    private void writeFully(ByteBuffer bytes, Deadline deadline) throws IOException {
        while (bytes.hasRemaining()) {
            awaitWritable(deadline);
            channel.write(bytes);
        }
    }

    private void awaitWritable(Deadline deadline) throws IOException {
        while (!await(SelectionKey.OP_WRITE, deadline)) {
            if (deadline.isPast()) {
                throw new SocketTimeoutException("not read in time");
            }
        }
    }

    private boolean isUnixDomain() throws IOException {
        return channel.getRemoteAddress() instanceof UnixDomainSocketAddress;
    }

    /**
     * Lets whatever the other side still writes fail, and keeps the connection open, so that {@link #write} tells when the other side has
     * ended. Over TCP there is no such state.
     *
     * @return whether this is such a connection: a Unix-domain one
     */
    public boolean refuseInput() throws IOException {
        if (isUnixDomain()) {
            channel.shutdownInput();
            return true;
        }
        return false;
    }

    /** Hands a kept connection from the thread that used it to nobody, until {@link #attach}. */
    public void detach() throws IOException {
        if (poller != null && key != null) {
            poller.release(key);
        }
        poller = null;
        key = null;
    }

    /** Takes over a connection that belongs to no thread. */
    public void attach(Poller newPoller) throws IOException {
        poller = newPoller;
        key = newPoller.register(channel);
    }

    @Override
    public void close() throws IOException {
        try {
            detach();
        } finally {
            channel.close();
        }
    }
}
