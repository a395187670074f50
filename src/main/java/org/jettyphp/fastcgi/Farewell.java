package org.jettyphp.fastcgi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.fcgi.FCGI;
import org.jettyphp.transport.Connection;
import org.jettyphp.transport.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an exchange that nobody wants any more. PHP does not read FCGI_ABORT_REQUEST while a script runs, and learns of a closed
 * connection only when it writes next: until then its worker is as busy as before. If the slot were given back at once, the next request
 * would wait in PHP-FPM's backlog instead of in our queue, where it can still be withdrawn.
 *
 * <p>On a Unix socket both can be had. The input is shut, so that PHP's next write fails as on a closed connection
 * ({@code connection_aborted()} is true). The output is filled with FCGI_ABORT_REQUEST until the socket takes no more: when the script has
 * ended, php-fpm reads and drops what is left before it closes (php-src, {@code fcgi_close}), and room for more says that it does. On TCP
 * the connection is closed at once and the slot given back.
 *
 * @param stopping whether the server stops, so that nobody waits
 */
public record Farewell(Connection connection, BooleanSupplier stopping) {

    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
    private static final Duration LOOK_UP = Duration.ofMillis(500);
    private static final byte[] ABORT = {1, (byte) FCGI.FrameType.ABORT_REQUEST.code, 0, RequestHead.REQUEST_ID, 0, 0, 0, 0};

    /** More than any socket's buffer takes of such small records (Linux: 277): an end in case one does take them all. */
    private static final int MOST = 10_000;

    /** Waits for the worker; for a script that neither ends nor writes no longer than the limit, zero for ever. */
    public void await(Duration limit) {
        Deadline deadline = Deadline.in(limit);
        try {
            if (!connection.refuseInput() || !fill()) {
                return;
            }
            while (!deadline.isPast() && !stopping.getAsBoolean()) {
                if (connection.await(SelectionKey.OP_WRITE, deadline.orEarlier(Deadline.in(LOOK_UP)))) {
                    return;
                }
            }
        } catch (IOException ended) {
            LOG.trace("The worker has ended the aborted request", ended);
        }
    }

    private boolean fill() throws IOException {
        ByteBuffer[] abort = {ByteBuffer.wrap(ABORT)};
        for (int i = 0; i < MOST; i++) {
            if (connection.write(abort, 1) == 0) {
                return true;
            }
            abort[0].rewind();
        }
        return false;
    }
}
