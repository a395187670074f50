package org.jettyphp.fastcgi;

import java.io.Closeable;
import java.io.IOException;
import org.jettyphp.transport.Connection;

/**
 * A request without a body that has been sent before the thread of its exchange is awake: PHP begins meanwhile. Of what one client alone waits for
 * that is some 35 us of 210.
 */
public final class SentAhead implements Closeable {

    final Outgoing out;
    final long written;
    private final Connection connection;
    private final boolean kept;
    private final long begunAt;

    private SentAhead(Connection connection, boolean kept, long begunAt, Outgoing out, long written) {
        this.connection = connection;
        this.kept = kept;
        this.begunAt = begunAt;
        this.out = out;
        this.written = written;
    }

    /**
     * Sends what the socket takes now. Any thread.
     *
     * @param kept whether the connection has been used before
     * @param keep as in {@link Exchange#run}
     * @param body an empty one
     * @throws IOException if nothing has been sent
     */
    public static SentAhead on(Connection connection, boolean kept, RequestHead head, RequestBody body, boolean keep) throws IOException {
        long begunAt = System.nanoTime();
        Outgoing out = new Outgoing(head.forConnection(keep), body);
        out.fill();
        return new SentAhead(connection, kept, begunAt, out, out.writeTo(connection));
    }

    /** The one it has been sent on. */
    public Connection connection() {
        return connection;
    }

    /** Whether it has been used before. */
    public boolean kept() {
        return kept;
    }

    /** When, on the clock of {@link System#nanoTime()}. */
    public long begunAt() {
        return begunAt;
    }

    /** There will be no exchange. */
    @Override
    public void close() throws IOException {
        connection.close();
    }
}
