package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlowHeadsTest {

    @Test
    void thereIsALineAtOnceAndThenOneInTenSecondsWithAllThatCameMeanwhile() {
        AtomicLong now = new AtomicLong(-1);
        SlowHeads heads = new SlowHeads(Duration.ofSeconds(30), now::get);
        assertEquals(1, heads.toBeLogged());
        now.addAndGet(Duration.ofMillis(9_999).toNanos());
        assertEquals(0, heads.toBeLogged());
        assertEquals(0, heads.toBeLogged());
        now.addAndGet(Duration.ofMillis(1).toNanos());
        assertEquals(3, heads.toBeLogged());
        assertEquals(0, heads.toBeLogged());
    }
}
