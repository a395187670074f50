package org.jettyphp.fpm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after something once a second, on a thread of its own. */
public final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final CountDownLatch over = new CountDownLatch(1);

    /** Begins at once; {@code look} is given the number of the second. */
    public Upkeep(String threadName, LongConsumer look) {
        Thread thread = new Thread(null, () -> run(look), threadName, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Upkeep.class.getClassLoader());
        thread.start();
    }

    private void run(LongConsumer look) {
        try {
            for (long second = 0; !over.await(1, TimeUnit.SECONDS); second++) {
                try {
                    look.accept(second);
                } catch (RuntimeException broken) {
                    LOG.warn("{} failed", Thread.currentThread().getName(), broken);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
