package org.jettyphp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    @Test
    void aTryGetsItsShareOfWhatIsLeft() {
        long left = Deadline.in(Duration.ofSeconds(10)).share(2).remainingNanos();
        assertTrue(left <= Duration.ofSeconds(5).toNanos() && left > Duration.ofSeconds(4).toNanos(), left + " ns");
    }

    @Test
    void whatHasNoEndIsNotShared() {
        assertEquals(Deadline.NEVER, Deadline.NEVER.share(2));
    }
}
