package org.jettyphp.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jettyphp.events.Events;
import org.jettyphp.transport.Address;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Address A = new Address.Tcp("a", 9000);

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger back = new AtomicInteger();
    private final Health health = new Health(A, new OutageLog(A, () -> false), now::get, back::incrementAndGet, Events.UNHEARD);

    private long pauseMillis() {
        return Duration.ofNanos(health.backAt() - now.get()).toMillis();
    }

    private void pass(long millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void whatCannotBeReachedIsOutForLongerEachTimeUntilItAnswers() {
        assertTrue(health.isIn());
        long pause = 1000;
        for (int i = 0; i < 8; i++) {
            health.failed(Outage.refusing("refused"));
            assertEquals(pause, pauseMillis());
            pass(pause);
            assertFalse(health.isIn(), "its time has come, but nothing says that it is there");
            pause = Math.min(30_000, pause * 2);
        }
        health.succeeded(now.get());
        assertTrue(health.isIn());
        assertEquals(1, back.get());
        health.failed(Outage.refusing("refused"));
        assertEquals(1000, pauseMillis(), "it begins anew");
    }

    @Test
    void manyFailuresAtOnceAreOne() {
        for (int i = 0; i < 20; i++) {
            health.failed(Outage.refusing("refused"));
        }
        assertEquals(1000, pauseMillis());
    }

    @Test
    void whoAnswersChecksAndBreaksAnswersIsOutForLongerEachTime() {
        health.failed(Outage.refusing("refused"));
        pass(1000);
        health.checked();
        assertTrue(health.isIn());
        health.failed(Outage.refusing("refused"));
        assertEquals(2000, pauseMillis());
    }

    @Test
    void aBrokenAnswerNowAndThenIsNoReason() {
        for (int i = 0; i < 100; i++) {
            health.broken("died");
            health.succeeded(now.get());
            health.succeeded(now.get());
        }
        assertTrue(health.isIn());
        assertEquals(0, back.get(), "it was never out");
        assertEquals(200, health.answers());
    }

    @Test
    void fiveBrokenAnswersInARowAre() {
        for (int i = 0; i < 4; i++) {
            health.broken("died");
        }
        assertTrue(health.isIn());
        health.broken("died");
        assertFalse(health.isIn());
    }

    @Test
    void halfOfTheLastSixteenAre() {
        health.broken("died");
        health.succeeded(now.get());
        for (int i = 0; i < 6; i++) {
            health.succeeded(now.get());
            health.broken("died");
        }
        health.succeeded(now.get());
        assertTrue(health.isIn());
        health.broken("died");
        assertFalse(health.isIn());
        health.checked();
        health.broken("died");
        assertTrue(health.isIn(), "what was before does not count any more");
    }

    @Test
    void whatIsOlderDoesNotCount() {
        health.broken("died");
        health.succeeded(now.get());
        health.succeeded(now.get());
        for (int i = 0; i < 7; i++) {
            health.succeeded(now.get());
            health.broken("died");
        }
        assertTrue(health.isIn());
    }

    @Test
    void whatWasBegunBeforeDoesNotBringItBack() {
        long begunAt = now.get();
        pass(100);
        health.failed(Outage.refusing("refused"));
        health.succeeded(begunAt);
        assertFalse(health.isIn());
        pass(100);
        health.succeeded(now.get());
        assertTrue(health.isIn());
    }
}
