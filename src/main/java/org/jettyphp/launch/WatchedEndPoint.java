package org.jettyphp.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.jettyphp.servlet.ClientPresence;

/**
 * A connection that can be asked whether its client has left. While a request waits, Jetty reads nothing from an HTTP/1.1 connection, so
 * neither FIN nor RST would be seen; and Java has no read that leaves the bytes where they are. So the question reads, and what comes, the
 * next request of a client who pipelines, is held for the next {@link #fill}.
 *
 * <p>The lock is held over reads that never wait. That no bytes are held while Jetty waits for the selector to report some: the question
 * does not read while Jetty is interested, and interest that finds bytes held is told so at once.
 */
final class WatchedEndPoint extends SocketChannelEndPoint implements ClientPresence {

    /** More is left in the socket: behind it, whether the client has left cannot be seen. */
    private static final int MOST_HELD = 1024;

    private final SelectionKey key;
    private final Executor executor;
    private final Object reading = new Object();
    private ByteBuffer held = BufferUtil.EMPTY_BUFFER;
    private boolean closed;
    private volatile boolean sendsOn;

    WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Connector connector) {
        super(channel, selector, key, connector.getScheduler());
        this.key = key;
        this.executor = connector.getExecutor();
    }

    /** Lets the request say whether its client is there. Over HTTP/2 Jetty reads all the time, and tells of a reset. */
    static Request introduce(Request request, HttpFields.Mutable responseHeaders) {
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            WatchedStream stream = new WatchedStream();
            request.addFailureListener(stream);
            request.setAttribute(ATTRIBUTE, stream);
        } else if (request.getConnectionMetaData().getConnection().getEndPoint() instanceof WatchedEndPoint endPoint) {
            endPoint.sendsOn = false;
            request.setAttribute(ATTRIBUTE, endPoint);
        }
        return request;
    }

    @Override
    public boolean hasLeft() {
        if (!isOpen()) {
            return true;
        }
        synchronized (reading) {
            if (closed || isFillInterested() || held.remaining() >= MOST_HELD) {
                return closed;
            }
            try {
                ByteBuffer room = ByteBuffer.allocate(MOST_HELD - held.remaining());
                int size = getChannel().read(room);
                closed = size < 0;
                if (size > 0) {
                    held = ByteBuffer.allocate(held.remaining() + size).put(held).put(room.flip()).flip();
                }
            } catch (IOException reset) {
                closed = true;
            }
            return closed;
        }
    }

    @Override
    public void mayStillSend() {
        sendsOn = true;
    }

    @Override
    public void doClose() {
        if (sendsOn && getChannel().isOpen()) {
            key.cancel();
            new LateBytes(getChannel(), getScheduler()).drop();
        } else {
            super.doClose();
        }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        synchronized (reading) {
            return held.hasRemaining() ? BufferUtil.append(buffer, held) : super.fill(buffer);
        }
    }

    @Override
    protected void needsFillInterest() {
        boolean ready;
        synchronized (reading) {
            ready = held.hasRemaining() || closed;
        }
        if (ready) {
            // Not here and now: whoever declares interest does not expect to be called back from inside.
            executor.execute(getFillInterest()::fillable);
        } else {
            super.needsFillInterest();
        }
    }
}
