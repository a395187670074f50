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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jettyphp.events.Events;
import org.jettyphp.events.NoSlot;
import org.jettyphp.events.PhpListener;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Slots slots;

    @AfterEach
    void close() {
        goOn.countDown();
        slots.close();
    }

    private final Events events = new Events(List.of(new PhpListener() {
        @Override
        public void queued(RequestInfo request) {
            told.add(request.id() + " queued");
        }

        @Override
        public void granted(RequestInfo request, String target, Duration waited) {
            told.add(request.id() + " granted by " + target + " after " + waited.toMinutes());
        }

        @Override
        public void gaveUp(RequestInfo request, NoSlot why, Duration waited) {
            told.add(request.id() + " gave up, " + why + " after " + waited.toMinutes());
        }
    }));

    private Slots slots(int number, int queue, Duration timeout) {
        slots = new Slots(new PoolSettings(number, 0, queue, timeout, 0, Duration.ZERO), List.of(lane(number)), new Balance.First(),
                events);
        return slots;
    }

    private static Lane lane(int slots) {
        return new Lane("only", new Lane.Share(slots, 1, false), Lane.OPEN);
    }

    private static Lanes one() {
        return new Lanes(List.of(lane(1)), new Balance.First());
    }

    private Job job(String name) {
        return job(name, () -> {});
    }

    private Job job(String name, Runnable ahead) {
        return new Job() {
            @Override
            public void ahead(Lane lane) {
                ahead.run();
            }

            @Override
            public RequestInfo request() {
                return new Asker(name, "c");
            }

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
            public void refuse(NoSlot refusal) {
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
        assertEquals(new Usage(1, 49, 1, Duration.ZERO), slots.usage());
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
        slots = new Slots(new PoolSettings(1, 0, 10, Duration.ofMinutes(10), 0, Duration.ZERO), one(), events, ExchangeThread::new,
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
            public RequestInfo request() {
                return new Asker("thrower", "c");
            }

            @Override
            public Outcome run(ExchangeThread thread, Lane lane) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void refuse(NoSlot refusal) {
                throw new AssertionError(refusal);
            }
        });
        Until.true_("the slot is back", () -> slots.usage().busy() == 0);
    }

    private void aheadInVain() {
        happened.add("ahead on " + Thread.currentThread().getName());
        throw new StackOverflowError("on purpose: it is run all the same");
    }

    @Test
    void onlyWhoFindsAFreeSlotDoesWhatItCanAhead() throws Exception {
        slots(1, 10, Duration.ZERO).submit(job("first", this::aheadInVain));
        slots.submit(job("waits", this::aheadInVain));
        goOn.countDown();
        Until.true_("both are through", () -> slots.usage().busy() == 0);
        assertEquals(List.of("ahead on " + Thread.currentThread().getName(), "first", "waits"), happened);
    }

    @Test
    void whoHasFoundASlotWhenTheyAreClosedIsRefusedToo() {
        slots(1, 10, Duration.ZERO).submit(job("0", () -> slots.close()));
        assertEquals(List.of("0 CLOSED"), happened);
        assertEquals(0, slots.usage().busy());
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
        AtomicInteger started = new AtomicInteger();
        slots = new Slots(new PoolSettings(1, 0, 100, Duration.ZERO, 0, Duration.ZERO), one(), events, (work, name, loader) -> {
            switch (started.getAndIncrement()) {
                case 0 -> throw new IllegalStateException("no descriptors");
                case 1 -> throw new StackOverflowError("on purpose: any error");
                default -> {
                    return new ExchangeThread(work, name, loader);
                }
            }
        }, System::nanoTime);
        slots.submit(job("0"));
        slots.submit(job("1"));
        assertEquals(List.of("0 NO_THREAD", "1 NO_THREAD"), happened);
        assertEquals(0, slots.usage().busy());
        slots.submit(job("2"));
        Until.true_("the next one runs", () -> happened.contains("2"));
    }

    @Test
    void whoListensHearsHowLongEachHasWaited() throws Exception {
        AtomicLong now = new AtomicLong();
        slots = new Slots(new PoolSettings(1, 0, 3, Duration.ofMinutes(3), 0, Duration.ZERO), one(), events, ExchangeThread::new, now::get);
        Job leaves = job("leaves");
        slots.submit(job("runs"));
        Until.true_("it has been told before the clock goes on", () -> !told("runs granted").isEmpty());
        slots.submit(leaves);
        slots.submit(job("late"));
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        slots.submit(job("next"));
        slots.submit(job("toomany"));
        slots.withdraw(leaves);
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        slots.sweep();
        goOn.countDown();
        Until.true_("all are through", () -> slots.usage().busy() == 0);
        assertEquals(List.of("leaves gave up, ABANDONED after 1", "leaves queued"), told("leaves"));
        assertEquals(List.of("late gave up, WAITED_TOO_LONG after 3", "late queued"), told("late"));
        assertEquals(List.of("toomany gave up, QUEUE_FULL after 0", "toomany queued"), told("toomany"));
        assertEquals(List.of("next granted by only after 2", "next queued"), told("next"));
        assertEquals(List.of("runs granted by only after 0", "runs queued"), told("runs"));
    }

    private List<String> told(String name) {
        return told.stream().filter(event -> event.startsWith(name)).sorted().toList();
    }

    @Test
    void whoIsNotWantedAnyMoreWhenThereIsASlotIsNotRun() throws Exception {
        slots(1, 10, Duration.ZERO).submit(job("runs"));
        slots.submit(new Job() {
            @Override
            public RequestInfo request() {
                return new Asker("left", "c");
            }

            @Override
            public boolean isWanted() {
                return false;
            }

            @Override
            public Outcome run(ExchangeThread thread, Lane lane) {
                throw new AssertionError("run");
            }

            @Override
            public void refuse(NoSlot why) {
                happened.add("left " + why);
            }
        });
        goOn.countDown();
        Until.true_("it is through", () -> slots.usage().busy() == 0);
        assertEquals(List.of("runs", "left ABANDONED"), happened);
        assertEquals(List.of("left gave up, ABANDONED after 0", "left queued"), told("left"));
    }
}
