package org.jettyphp.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Waits for one channel at a time, with a deadline. A thread keeps its poller for as long as it lives: opening a selector costs three
 * system calls, so it is not done for each request.
 *
 * <p>A blocking Unix-domain channel has neither a read timeout nor a bounded connect; a selector gives both, and lets one thread wait for
 * "readable or writable", which full duplex needs.
 */
public final class Poller implements Closeable {

    private final Selector selector;

    public Poller() throws IOException {
        selector = Selector.open();
    }

    /** Waits until the channel is ready for one of the operations, the deadline has passed or {@link #wakeup()} was called. */
    boolean await(SelectionKey key, int operations, Deadline deadline) throws IOException {
        try {
            if (key.interestOps() != operations) {
                key.interestOps(operations);
            }
            selector.select(deadline.selectMillis());
            return selector.selectedKeys().remove(key);
        } catch (CancelledKeyException closedMeanwhile) {
            throw new ClosedChannelException();
        }
    }

    SelectionKey register(SocketChannel channel) throws IOException {
        return channel.register(selector, 0);
    }

    /**
     * Takes the channel off this poller at once: the JDK keeps the descriptor of a closed channel open until the next select, so that a
     * php-fpm worker would go on waiting for it.
     */
    void release(SelectionKey key) throws IOException {
        key.cancel();
        selector.selectNow();
    }

    /** Lets go of channels that were closed without {@link #release}. */
    void flush() throws IOException {
        selector.selectNow();
    }

    /** Ends the current or the next wait; any thread. */
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
