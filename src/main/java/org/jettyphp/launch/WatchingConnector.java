package org.jettyphp.launch;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Jetty's connector with endpoints that notice a client who leaves in silence, or takes too long over the head of a request, and with an end
 * that loses no connection.
 */
final class WatchingConnector extends ServerConnector {

    private static final long LAST_MOMENT_MILLIS = 200;

    private final SlowHeads slowHeads;
    private volatile boolean drained;

    WatchingConnector(Server server, Duration headTimeout, ConnectionFactory... factories) {
        super(server, factories);
        this.slowHeads = new SlowHeads(headTimeout);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new WatchedEndPoint(channel, selector, key, this, slowHeads);
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /** From now on connections on which nothing is under way end; the moment is for the last bytes of an answer. */
    void endIdleConnections() {
        drained = true;
        getConnectedEndPoints().forEach(this::becomesIdle);
    }

    /** Jetty gives an endpoint the usual time again, when it opens and when an answer has been completed. */
    void becomesIdle(EndPoint endPoint) {
        if (drained) {
            endPoint.setIdleTimeout(LAST_MOMENT_MILLIS);
        }
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        becomesIdle(endPoint);
    }

    /**
     * Only closing the socket ends the wait for connections. An interrupt that comes when one has just been accepted makes the JDK (25 even
     * where the socket is closed already, {@code AbstractInterruptibleChannel.end}) forget it: it stays open, and its client waits for an
     * answer that nobody will give.
     */
    @Override
    protected void interruptAcceptors() {}

    /**
     * Not while requests may still come. Jetty (12.1.10, {@code HttpConnection}) asks at the end of an answer and would close a connection
     * without having said so, while the client's next request may be on its way; {@link Draining} says it with every answer.
     */
    @Override
    public boolean isShutdown() {
        return isStopped();
    }
}
