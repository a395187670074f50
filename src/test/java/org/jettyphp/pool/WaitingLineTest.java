package org.jettyphp.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jettyphp.events.NoSlot;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.transport.Deadline;
import org.junit.jupiter.api.Test;

class WaitingLineTest {

    private final AtomicLong now = new AtomicLong();

    private record Named(String name, String client) implements Job {
        @Override
        public RequestInfo request() {
            return new Asker(name, client);
        }

        @Override
        public Outcome run(ExchangeThread thread, Lane lane) {
            return Outcome.DONE;
        }

        @Override
        public void refuse(NoSlot why) {}
    }

    private Deadline inSeconds(int seconds) {
        return Deadline.in(Duration.ofSeconds(seconds), now::get);
    }

    private Claim claim(String name, int seconds) {
        return new Claim(new Named(name, name.substring(0, 1)), now.get(), inSeconds(seconds));
    }

    private WaitingLine line(int maxPerClient, String... names) {
        WaitingLine line = new WaitingLine(maxPerClient);
        for (String name : names) {
            line.add(claim(name, 30));
        }
        return line;
    }

    private static List<String> polled(WaitingLine line, int most) {
        List<String> names = new ArrayList<>();
        for (Claim first = line.poll(); first != null; first = names.size() < most ? line.poll() : null) {
            names.add(((Named) first.job()).name);
        }
        return names;
    }

    @Test
    void withoutALimitTheOrderOfArrivalIsTheOnlyOne() {
        assertEquals(List.of("a1", "a2", "b1", "a3"), polled(line(0, "a1", "a2", "b1", "a3"), 9));
    }

    @Test
    void whoHasEnoughRunningIsPassedOverUntilOneOfThemEnds() {
        WaitingLine line = line(1, "a1", "a2", "a3", "b1", "b2", "c1");
        assertEquals(List.of("a1", "b1", "c1"), polled(line, 9));
        assertFalse(line.mayRun(new Named("a9", "a")));
        assertTrue(line.mayRun(new Named("d9", "d")));
        line.ended(new Named("b1", "b"));
        assertEquals(List.of("b2"), polled(line, 9));
        line.ended(new Named("a1", "a"));
        line.ended(new Named("c1", "c"));
        assertEquals(List.of("a2"), polled(line, 9));
        assertEquals(1, line.size());
    }

    @Test
    void whoDidNotWaitCountsToo() {
        WaitingLine line = line(2);
        line.begun(new Named("a1", "a"));
        line.begun(new Named("a2", "a"));
        line.add(claim("a3", 1));
        assertNull(line.poll());
        line.ended(new Named("a1", "a"));
        assertEquals(List.of("a3"), polled(line, 9));
    }

    @Test
    void whoComesBackHasNotLostItsPlace() {
        WaitingLine line = line(0, "a1", "b1");
        line.addFirst(claim("c1", 10));
        line.addFirst(claim("d1", 5));
        assertEquals(5_000_000_000L, line.firstDeadline().remainingNanos());
        assertEquals(List.of("d1", "c1", "a1", "b1"), polled(line, 9));
    }

    @Test
    void whoLeavesMakesRoomForTheNextOfTheSameClient() {
        WaitingLine line = line(1, "a1", "b1", "a2");
        assertNotNull(line.remove(new Named("a1", "a")));
        assertNull(line.remove(new Named("a1", "a")));
        assertEquals(List.of("b1", "a2"), polled(line, 9));
    }

    @Test
    void whoHasWaitedForTooLongIsTakenOutWhetherItMightRunOrNot() {
        WaitingLine line = line(1, "a1", "a2");
        assertEquals(List.of("a1"), polled(line, 1));
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        line.add(claim("b1", 30));
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertEquals(List.of(new Named("a2", "a")), line.removeLate().stream().map(Claim::job).toList());
        assertEquals(1, line.size());
        assertEquals(List.of(new Named("b1", "b")), line.removeAll().stream().map(Claim::job).toList());
        assertNull(line.firstDeadline());
    }

    @Test
    void with256ItIsLong() {
        WaitingLine line = line(0);
        for (int i = 1; i < 256; i++) {
            line.add(claim("a" + i, 30));
        }
        assertFalse(line.isLong());
        line.add(claim("b", 30));
        assertTrue(line.isLong());
    }

    @Test
    void theDrainRateIsThatOfExchangesThatEndWhileSomebodyWaits() {
        DrainRate rate = new DrainRate();
        assertEquals(Duration.ZERO, rate.of(100));
        for (int i = 1; i <= 50; i++) {
            rate.ended(i * 10_000_000L);
        }
        assertEquals(1000, rate.of(100).toMillis(), 1);
        rate.idle();
        rate.ended(900_000_000_000L);
        assertEquals(1000, rate.of(100).toMillis(), 1, "a pause says nothing");
    }
}
