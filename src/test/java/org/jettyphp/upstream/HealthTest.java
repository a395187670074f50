package org.jettyphp.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jettyphp.events.Events;
import org.jettyphp.transport.Address;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final AtomicLong now = new AtomicLong();
    private final Health health = new Health(new Address.Tcp("a", 9000), now::get, Events.UNHEARD);

    private int limitAfter(long millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
        return health.limit(8, now.get());
    }

    @Test
    void whatCannotBeReachedIsOutForLongerEachTimeAndComesBackOnProbation() {
        assertEquals(8, limitAfter(0));
        long pause = 1000;
        for (int i = 0; i < 8; i++) {
            health.failed("refused");
            assertEquals(0, limitAfter(pause - 1));
            assertEquals(1, limitAfter(1));
            pause = Math.min(30_000, pause * 2);
        }
        health.succeeded();
        assertEquals(8, limitAfter(0));
        health.failed("refused");
        assertEquals(0, limitAfter(999));
        assertEquals(1, limitAfter(1), "it begins anew");
    }

    @Test
    void manyFailuresAtOnceAreOne() {
        for (int i = 0; i < 20; i++) {
            health.failed("refused");
        }
        assertEquals(1, limitAfter(1000));
    }
}
