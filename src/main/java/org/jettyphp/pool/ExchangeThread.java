package org.jettyphp.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jettyphp.fastcgi.Exchange;
import org.jettyphp.transport.Poller;

/** A thread that runs exchanges, with what each of them needs: a selector and buffers, kept for as long as it lives. */
public final class ExchangeThread extends Thread {

    /** The largest body that goes out in one piece: one byte less than the largest buffer that Jetty keeps in its pool. */
    public static final int WHOLE_PAGE = 64 * 1024 - 1;

    private final Poller poller;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Exchange.READ_BUFFER);
    private final Gathering gathering = new Gathering(WHOLE_PAGE);

    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it but how fast it goes
    ExchangeThread(Runnable work, String name, ClassLoader loader) {
        super(null, work, name, 0, false);
        setDaemon(true);
        // A worker of PHP stands still until its thread here has come, and threads that only take requests in are many. Where the JVM heeds
        // priorities: on Linux with ThreadPriorityPolicy=1 and as root, otherwise it makes no difference.
        setPriority(MAX_PRIORITY);
        setContextClassLoader(loader);
        try {
            poller = new Poller();
        } catch (IOException noDescriptors) {
            throw new UncheckedIOException("no selector for " + name + " (is the limit of open files reached?)", noDescriptors);
        }
    }

    public Poller poller() {
        return poller;
    }

    /** The read buffer of {@link Exchange}. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Takes a body of up to {@link #WHOLE_PAGE} bytes. */
    public Gathering gathering() {
        return gathering;
    }

    @Override
    public void run() {
        try (poller) {
            super.run();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
