package org.jettyphp.pool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jettyphp.transport.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kept connections that nobody uses; the one that is idle for longest is taken first. Any thread. */
public final class IdleConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IdleConnections.class);

    private final int limit;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    public IdleConnections(int limit) {
        this.limit = limit;
    }

    /** Whether connections are kept at all. */
    public boolean kept() {
        return limit > 0;
    }

    /** A connection that is open and silent, now the caller's, and not attached; null if there is none. */
    public @Nullable Connection take() {
        for (Connection connection = poll(); connection != null; connection = poll()) {
            try {
                // Anything to read now was not asked for: the worker has ended (-1) or stray bytes came. Neither can be used.
                if (connection.read(ByteBuffer.allocate(1)) == 0) {
                    return connection;
                }
            } catch (IOException broken) {
                LOG.debug("A kept connection broke while it was idle", broken);
            }
            close(connection);
        }
        return null;
    }

    /** Keeps the connection, or closes it if enough are kept. */
    public void give(Connection connection) {
        try {
            connection.detach();
            synchronized (idle) {
                if (!closed && idle.size() < limit) {
                    idle.add(connection);
                    return;
                }
            }
        } catch (IOException broken) {
            LOG.debug("A connection could not be kept", broken);
        }
        close(connection);
    }

    /** Closes connections that are idle for longest until at most so many are left: each holds a worker that somebody else now needs. */
    public void shrinkTo(int most) {
        while (true) {
            Connection oldest;
            synchronized (idle) {
                oldest = idle.size() > Math.max(0, most) ? idle.poll() : null;
            }
            if (oldest == null) {
                return;
            }
            close(oldest);
        }
    }

    private @Nullable Connection poll() {
        synchronized (idle) {
            return idle.poll();
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (IOException failed) {
            LOG.debug("A kept connection could not be closed", failed);
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
        }
        shrinkTo(0);
    }
}
