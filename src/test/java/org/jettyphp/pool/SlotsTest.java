package org.jettyphp.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private Slots slots;

    @AfterEach
    void close() {
        goOn.countDown();
        slots.close();
    }

    private Slots slots(int number, int queue, Duration timeout) {
        slots = new Slots(new PoolSettings(number, 0, queue, timeout, 0, Duration.ZERO), List.of(lane(number)), new Balance.First(),
                "test");
        return slots;
    }

    private static Lane lane(int slots) {
        return new Lane("only", slots, 1, false, Lane.OPEN);
    }

    private static Lanes one() {
        return new Lanes(List.of(lane(1)), new Balance.First());
    }

    private Job job(String name) {
        return new Job() {
            @Override
            public Outcome run(ExchangeThread thread, Lane lane) {
                happened.add(name);
                try {
                    goOn.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return Outcome.DONE;
            }

            @Override
            public void refuse(Refusal refusal) {
                happened.add(name + " " + refusal);
            }
        };
    }

    @Test
    void whoWaitsIsServedInTheOrderOfArrivalByTheThreadThatEnds() throws Exception {
        slots(1, 100, Duration.ZERO).submit(job("0"));
        List<String> expected = new ArrayList<>(List.of("0"));
        for (int i = 1; i < 50; i++) {
            slots.submit(job("" + i));
            expected.add("" + i);
        }
        assertEquals(new Slots.Usage(1, 49, 1, Duration.ZERO), slots.usage());
        goOn.countDown();
        Until.true_("all are through", () -> happened.size() == 50 && slots.usage().busy() == 0);
        assertEquals(expected, happened);
    }

    @Test
    void aFullQueueRefusesAtOnce() {
        slots(1, 1, Duration.ZERO).submit(job("runs"));
        slots.submit(job("waits"));
        slots.submit(job("third"));
        assertTrue(happened.contains("third QUEUE_FULL"));
    }

    @Test
    void whoWaitsTooLongIsRefusedAndTheRestGoesOn() throws Exception {
        AtomicLong now = new AtomicLong();
        slots = new Slots(new PoolSettings(1, 0, 10, Duration.ofMinutes(10), 0, Duration.ZERO), one(), "test", ExchangeThread::new,
                now::get);
        slots.submit(job("runs"));
        slots.submit(job("first"));
        now.addAndGet(Duration.ofMinutes(9).toNanos());
        slots.submit(job("second"));
        slots.sweep();
        assertEquals(2, slots.usage().waiting());
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        slots.sweep();
        assertTrue(happened.contains("first WAITED_TOO_LONG"), happened.toString());
        assertEquals(1, slots.usage().waiting());
        now.addAndGet(Duration.ofMinutes(9).toNanos());
        slots.sweep();
        assertEquals(0, slots.usage().waiting());
    }

    @Test
    void theClockOfTheQueueRunsByItself() throws Exception {
        slots(1, 10, Duration.ofMillis(50)).submit(job("runs"));
        slots.submit(job("late"));
        Until.true_("refused", () -> happened.contains("late WAITED_TOO_LONG"));
    }

    @Test
    void whoLeavesTheQueueIsNeitherRunNorRefused() throws Exception {
        Job leaves = job("leaves");
        slots(1, 10, Duration.ZERO).submit(job("runs"));
        slots.submit(leaves);
        assertTrue(slots.withdraw(leaves));
        assertFalse(slots.withdraw(leaves));
        goOn.countDown();
        Until.true_("idle", () -> slots.usage().busy() == 0);
        assertEquals(List.of("runs"), happened);
    }

    @Test
    void closingRefusesWhoWaitsAndWhoComes() {
        slots(1, 10, Duration.ZERO).submit(job("runs"));
        slots.submit(job("waits"));
        goOn.countDown();
        slots.close();
        slots.submit(job("comes"));
        assertTrue(happened.contains("comes CLOSED"));
        assertTrue(happened.contains("waits CLOSED") || happened.contains("waits"), happened.toString());
    }

    @Test
    void aJobThatThrowsGivesItsSlotBack() throws Exception {
        slots(1, 10, Duration.ZERO).submit(new Job() {
            @Override
            public Outcome run(ExchangeThread thread, Lane lane) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void refuse(Refusal refusal) {
                throw new AssertionError(refusal);
            }
        });
        Until.true_("the slot is back", () -> slots.usage().busy() == 0);
    }

    @Test
    void settingsOutOfBoundsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PoolSettings(0, 0, 1, Duration.ZERO, 0, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new PoolSettings(4, 5, 1, Duration.ZERO, 0, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new PoolSettings(4, 0, -1, Duration.ZERO, 0, Duration.ZERO));
        slots(1, 0, Duration.ZERO);
    }

    @Test
    void aThreadThatCannotBeStartedCostsNoSlot() throws Exception {
        AtomicBoolean starved = new AtomicBoolean(true);
        slots = new Slots(new PoolSettings(1, 0, 100, Duration.ZERO, 0, Duration.ZERO), one(), "test", (work, name, loader) -> {
            if (starved.get()) {
                throw new IllegalStateException("no descriptors");
            }
            return new ExchangeThread(work, name, loader);
        }, System::nanoTime);
        slots.submit(job("0"));
        assertEquals(List.of("0 NO_THREAD"), happened);
        assertEquals(0, slots.usage().busy());
        starved.set(false);
        slots.submit(job("1"));
        Until.true_("the next one runs", () -> happened.contains("1"));
    }
}
