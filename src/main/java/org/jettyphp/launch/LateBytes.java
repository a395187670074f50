package org.jettyphp.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * What a client still sends when its request has been answered, as with a 413. Closing a socket with unread bytes resets the connection, and
 * the reset takes the answer away that the client has not read yet; so our side is shut and what comes is dropped, for a while (RFC 9112,
 * section 9.6; nginx's lingering_close, with its limits).
 */
final class LateBytes {

    private static final long TOTAL_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_MILLIS = 20;
    private static final int MOST_READS = 64;

    private final SocketChannel channel;
    private final Scheduler scheduler;
    private final ByteBuffer dropped = ByteBuffer.allocate(16 * 1024);
    private final long began = System.nanoTime();
    private long heard = began;

    /** Takes the channel over, which nobody else reads any more. */
    LateBytes(SocketChannel channel, Scheduler scheduler) {
        this.channel = channel;
        this.scheduler = scheduler;
    }

    /** Ends our side of the connection, and the other one when the client has ended it or the time is over. */
    void drop() {
        try {
            channel.shutdownOutput();
            dropWhatIsThere();
        } catch (IOException gone) {
            IO.close(channel);
        }
    }

    private void dropWhatIsThere() {
        try {
            int size = 1;
            for (int i = 0; i < MOST_READS && size > 0; i++) {
                size = channel.read(dropped.clear());
                heard = size > 0 ? System.nanoTime() : heard;
            }
            long now = System.nanoTime();
            if (size >= 0 && now - began < TOTAL_NANOS && now - heard < SILENCE_NANOS) {
                scheduler.schedule(this::dropWhatIsThere, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                return;
            }
        } catch (IOException gone) {
            // It has ended the connection in its own way.
        }
        IO.close(channel);
    }
}
