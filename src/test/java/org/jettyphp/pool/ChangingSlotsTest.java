package org.jettyphp.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jettyphp.events.Events;
import org.jettyphp.events.NoSlot;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PHP-FPMs join and leave, and have more or fewer slots, while jobs run and wait. */
class ChangingSlotsTest {

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private final Lane first = new Lane("first", new Lane.Share(1, 1, false), Lane.OPEN);
    private final Lane second = new Lane("second", new Lane.Share(2, 1, false), Lane.OPEN);
    private final Slots slots =
            new Slots(new PoolSettings(1, 0, 100, Duration.ZERO, 0, Duration.ZERO), List.of(first), new Balance.First(), Events.UNHEARD);

    @AfterEach
    void close() {
        goOn.countDown();
        slots.close();
    }

    /** Ends when the test says so; one that may move goes elsewhere then if it can. */
    private final class Waits implements Job {

        private final String name;
        private final boolean moves;

        Waits(String name, boolean moves) {
            this.name = name;
            this.moves = moves;
        }

        @Override
        public RequestInfo request() {
            return new Asker(name, "c");
        }

        @Override
        public Outcome run(ExchangeThread thread, Lane lane) {
            happened.add(name + " " + lane.name());
            try {
                goOn.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return moves && slots.hasOther(lane) ? Outcome.ELSEWHERE : Outcome.DONE;
        }

        @Override
        public void refuse(NoSlot why) {
            happened.add(name + " " + why);
        }
    }

    private void submit(int number) {
        for (int i = 0; i < number; i++) {
            slots.submit(new Waits("" + i, false));
        }
    }

    private void arrange(Lane... lanes) {
        slots.arrange(List.of(lanes), gone -> happened.add(gone.name() + " is gone"));
    }

    @Test
    void whoWaitsGoesInOrderToLanesThatJoinAndToSlotsThatAreAdded() throws Exception {
        submit(6);
        Until.true_("the first runs", () -> happened.size() == 1);
        arrange(first, second);
        Until.true_("two more run", () -> happened.size() == 3);
        assertEquals(List.of("0 first", "1 second", "2 second"), happened.stream().sorted().toList());
        slots.change(first, new Lane.Share(2, 1, false));
        Until.true_("one more runs", () -> happened.size() == 4);
        assertEquals("3 first", happened.get(3));
    }

    @Test
    void whatRunsInALaneThatIsLeftOutEndsThereAndTheRestGoesOn() throws Exception {
        submit(4);
        Until.true_("one runs", () -> happened.size() == 1);
        arrange(second);
        assertEquals(new Usage(3, 1, 2, Duration.ZERO), slots.usage());
        goOn.countDown();
        Until.true_("all are through", () -> happened.size() == 5 && slots.usage().busy() == 0);
        assertEquals(List.of("0 first", "1 second", "2 second", "3 second", "first is gone"), happened.stream().sorted().toList());
    }

    @Test
    void withFewerSlotsWhoWaitsWaitsUntilAsManyHaveEnded() throws Exception {
        slots.change(first, new Lane.Share(3, 1, false));
        submit(5);
        Until.true_("three run", () -> happened.size() == 3);
        slots.change(first, new Lane.Share(1, 1, false));
        assertEquals(new Usage(3, 2, 1, Duration.ZERO), slots.usage());
        goOn.countDown();
        Until.true_("all are through", () -> happened.size() == 5 && slots.usage().busy() == 0);
        assertTrue(happened.indexOf("3 first") < happened.indexOf("4 first"), happened.toString());
    }

    @Test
    void whatALaneThatDrainsCannotBeginGoesToAnother() throws Exception {
        slots.submit(new Waits("moves", true));
        Until.true_("it runs", () -> happened.size() == 1);
        submit(1);
        arrange(second);
        Until.true_("who waits has begun", () -> happened.contains("0 second"));
        goOn.countDown();
        Until.true_("all is done", () -> happened.size() == 4 && slots.usage().busy() == 0);
        assertEquals(List.of("0 second", "first is gone", "moves first", "moves second"), happened.stream().sorted().toList());
    }
}
