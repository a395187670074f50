package org.jettyphp.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogThrottleTest {

    @Test
    void thereIsALineAtOnceAndThenOneInTenSecondsWithAllThatCameMeanwhile() {
        AtomicLong now = new AtomicLong(-1);
        LogThrottle throttle = new LogThrottle(Duration.ofSeconds(10), now::get);
        assertEquals(1, throttle.toBeLogged());
        now.addAndGet(Duration.ofMillis(9_999).toNanos());
        assertEquals(0, throttle.toBeLogged());
        assertEquals(0, throttle.toBeLogged());
        now.addAndGet(Duration.ofMillis(1).toNanos());
        assertEquals(3, throttle.toBeLogged());
        assertEquals(0, throttle.toBeLogged());
    }
}
