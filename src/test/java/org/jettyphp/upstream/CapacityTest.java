package org.jettyphp.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.jettyphp.events.PoolStatus;
import org.jettyphp.pool.PoolSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private Capacity capacity = new Capacity(0);

    private int slots(@Nullable Integer maxConnections) {
        return capacity.slots(new PoolSettings(maxConnections, 0, 1, Duration.ZERO, 0, Duration.ZERO));
    }

    private int after(String manager, long startTime, int workers, long reached) {
        capacity.learn(new PoolStatus(manager, startTime, 1, workers - 1, 0, 0, reached));
        return slots(null);
    }

    @Test
    void aStaticPoolHasWhatItSays() {
        assertEquals(32, slots(null));
        assertEquals(8, slots(8));
        assertEquals(5, after("static", 1, 5, 0));
        assertEquals(3, slots(3), "maxConnections is the most");
        assertEquals(5, slots(50));
        assertEquals(7, after("static", 1, 7, 0));
        assertEquals(1, after("static", 1, 0, 0), "while all workers begin anew too");
    }

    @Test
    void aDynamicPoolHasSomewhatMoreThanItHasHadUntilItSaysThatItCouldUseMore() {
        assertEquals(3, after("dynamic", 1, 2, 4));
        assertEquals(10, after("dynamic", 1, 8, 4));
        assertEquals(10, after("dynamic", 1, 3, 4), "what it has had it can have again");
        assertEquals(10, after("dynamic", 1, 10, 5));
        assertEquals(10, after("dynamic", 1, 4, 5));
        assertEquals(11, after("dynamic", 1, 11, 5));
    }

    @Test
    void aReloadOfADynamicPoolBeginsAnew() {
        after("dynamic", 1, 8, 0);
        assertEquals(8, after("dynamic", 1, 8, 1));
        assertEquals(3, after("dynamic", 2, 2, 0));
    }

    @Test
    void aPoolThatKeepsIdleWorkersIsGivenWhatItHas() {
        capacity = new Capacity(2);
        assertEquals(2, slots(16), "as many as it begins with");
        assertEquals(5, after("dynamic", 1, 5, 0));
        assertEquals(5, slots(16));
        assertEquals(2, after("dynamic", 1, 2, 1), "it ends those that are idle");
    }

    @Test
    void anOndemandPoolHasWhatIsSet() {
        assertEquals(32, after("ondemand", 1, 2, 0));
        assertEquals(8, slots(8));
    }
}
