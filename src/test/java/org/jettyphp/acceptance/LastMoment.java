package org.jettyphp.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Accepts connections as the JDK's own channel does, but takes as long as a test wants between the moment in which it has one and the moment
 * in which it returns it. An interrupt in between makes it forget the connection, by the same code as in the JDK
 * ({@code AbstractInterruptibleChannel.end}): in 17 where it comes before the close, in 25 in any case.
 */
final class LastMoment extends ServerSocketChannel {

    private final ServerSocketChannel real;
    private final AtomicInteger before;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean interrupted;

    /** {@code before}: how many connections are returned at once before that moment. */
    LastMoment(int before) throws IOException {
        this(ServerSocketChannel.open(), before);
        real.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private LastMoment(ServerSocketChannel real, int before) {
        super(real.provider());
        this.before = new AtomicInteger(before);
        this.real = real;
    }

    @Override
    public SocketChannel accept() throws IOException {
        SocketChannel accepted = real.accept();
        if (before.getAndDecrement() > 0) {
            return accepted;
        }
        try {
            begin();
            begun.countDown();
            awaitEnd();
        } finally {
            end(true);
        }
        return accepted;
    }

    private void awaitEnd() {
        while (over.getCount() > 0) {
            try {
                over.await();
            } catch (InterruptedException early) {
                interrupted = true;
            }
        }
    }

    /** Whether whoever accepts was interrupted in that moment. */
    boolean wasInterrupted() {
        return interrupted;
    }

    /** Whether it has accepted a connection. */
    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /** Lets {@link #accept} return. */
    void letGo() {
        over.countDown();
    }

    @Override
    public ServerSocket socket() {
        return real.socket();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return real.getLocalAddress();
    }

    @Override
    public ServerSocketChannel bind(SocketAddress local, int backlog) throws IOException {
        real.bind(local, backlog);
        return this;
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        real.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return real.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return real.supportedOptions();
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        real.close();
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
        real.configureBlocking(block);
    }
}
