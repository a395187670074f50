package org.jettyphp.launch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jettyphp.servlet.ClientPresence;
import org.jspecify.annotations.Nullable;

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

    /** Whoever waits is asked four times a second, and hardly ever has sent anything. */
    private static final ThreadLocal<ByteBuffer> ROOM = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(MOST_HELD));

    private static final byte[] TOO_SLOW =
            "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);

    private final SelectionKey key;
    private final WatchingConnector connector;
    private final Executor executor;
    private final Object reading = new Object();
    private final SlowHeads slowHeads;
    private final HeadClock head;
    private ByteBuffer held = BufferUtil.EMPTY_BUFFER;
    private boolean closed;
    private volatile boolean reset;
    private volatile boolean sendsOn;

    WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, WatchingConnector connector, SlowHeads slowHeads) {
        super(channel, selector, key, connector.getScheduler());
        this.connector = connector;
        this.key = key;
        this.executor = connector.getExecutor();
        this.slowHeads = slowHeads;
        this.head = new HeadClock(connector.getScheduler(), slowHeads.limit(), this::refuseSlowHead);
    }

    /** Lets the request say whether its client is there. Over HTTP/2 Jetty reads all the time, and tells of a reset. */
    static Request introduce(Request request, HttpFields.Mutable responseHeaders) {
        WatchedEndPoint endPoint = of(request.getConnectionMetaData().getConnection().getEndPoint());
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            WatchedStream stream = new WatchedStream();
            request.addFailureListener(stream);
            request.setAttribute(ATTRIBUTE, stream);
            if (endPoint != null) {
                endPoint.head.headEnds();
            }
        } else if (endPoint != null) {
            endPoint.answers(request);
        }
        return request;
    }

    private static @Nullable WatchedEndPoint of(EndPoint endPoint) {
        EndPoint innermost = endPoint;
        while (innermost instanceof EndPoint.Wrapper wrapper) {
            innermost = wrapper.unwrap();
        }
        return innermost instanceof WatchedEndPoint watched ? watched : null;
    }

    private void answers(Request request) {
        sendsOn = false;
        head.answers();
        request.setAttribute(ATTRIBUTE, this);
        request.addHttpStreamWrapper(stream -> new HttpStream.Wrapper(stream) {
            @Override
            public void succeeded() {
                // Before Jetty reads what comes next.
                head.answered();
                connector.becomesIdle(WatchedEndPoint.this);
                super.succeeded();
            }
        });
    }

    /** Before the first request it may also be a header of the PROXY protocol; what a servlet has upgraded a connection to has no heads. */
    private boolean mayBeInAHead() {
        return getConnection() instanceof HTTP2Connection http2 ? http2.getSession().getStreams().isEmpty()
                : getConnection() instanceof ConnectionMetaData || !head.hasSeenOne();
    }

    private void refuseSlowHead() {
        slowHeads.ended(getRemoteSocketAddress());
        if (getConnection() instanceof HTTP2Connection http2) {
            http2.getSession().close(ErrorCode.NO_ERROR.code, "head_timeout", Callback.from(this::close));
            return;
        }
        try {
            flush(ByteBuffer.wrap(TOO_SLOW));
        } catch (IOException hasLeft) {
            // Nobody is left to be told.
        }
        close();
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
                ByteBuffer room = ROOM.get().clear().limit(MOST_HELD - held.remaining());
                int size = getChannel().read(room);
                closed = size < 0;
                if (size > 0) {
                    held = ByteBuffer.allocate(held.remaining() + size).put(held).put(room.flip()).flip();
                }
            } catch (IOException wasReset) {
                closed = true;
                reset = true;
            }
            return closed;
        }
    }

    @Override
    public boolean hasReset() {
        return reset;
    }

    @Override
    public void mayStillSend() {
        sendsOn = true;
    }

    @Override
    public void doClose() {
        head.headEnds();
        if (sendsOn && getChannel().isOpen()) {
            key.cancel();
            new LateBytes(getChannel(), getScheduler()).drop();
        } else {
            super.doClose();
        }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        int size;
        synchronized (reading) {
            size = held.hasRemaining() ? BufferUtil.append(buffer, held) : super.fill(buffer);
        }
        if (size > 0) {
            head.bytesCame();
        }
        return size;
    }

    @Override
    protected void needsFillInterest() {
        if (mayBeInAHead()) {
            head.waits();
        }
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
