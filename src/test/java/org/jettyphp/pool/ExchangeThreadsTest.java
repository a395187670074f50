package org.jettyphp.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExchangeThreadsTest {

    @Test
    void theyGoBeforeThoseThatTakeRequestsIn() {
        ExchangeThreads threads = new ExchangeThreads(1, ExchangeThread::new);
        CompletableFuture<Integer> priority = new CompletableFuture<>();

        threads.execute(() -> priority.complete(Thread.currentThread().getPriority()));

        assertEquals(Thread.MAX_PRIORITY, priority.join());
        threads.end();
        threads.awaitEnd();
    }
}
