package org.jettyphp.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jettyphp.events.NoSlot;
import org.jettyphp.events.RequestInfo;
import org.junit.jupiter.api.Test;

/** Which of several PHP-FPMs takes a request. */
class LanesTest {

    /** A gate that a test turns. */
    private static final class Turned implements Lane.Gate {
        private boolean in = true;
        private long backAt;

        @Override
        public boolean isIn() {
            return in;
        }

        @Override
        public long backAt() {
            return backAt;
        }
    }

    private final Map<String, Turned> gates = new HashMap<>();

    private Lane lane(String name, int slots, int weight, boolean backup) {
        return new Lane(name, new Lane.Share(slots, weight, backup), gates.computeIfAbsent(name, any -> new Turned()));
    }

    private static Job from(String client) {
        return new Job() {
            @Override
            public RequestInfo request() {
                return new Asker("any", client);
            }

            @Override
            public Outcome run(ExchangeThread thread, Lane lane) {
                return Outcome.DONE;
            }

            @Override
            public void refuse(NoSlot why) {}
        };
    }

    @Test
    void whereThereIsNoneYetNobodyHasASlot() {
        Lanes lanes = new Lanes(List.of(), new Balance.LeastBusy());
        assertNull(lanes.free(from("any")));
        assertFalse(lanes.hasOther(lane("a", 1, 1, false)));
        Lane first = lane("a", 1, 1, false);
        lanes.arrange(List.of(first), gone -> {}).run();
        assertSame(first, lanes.free(from("any")));
    }

    private static String taken(Lanes lanes, int times) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < times; i++) {
            Lane lane = lanes.free(from("c"));
            names.append(lane == null ? "-" : lane.name());
            if (lane != null) {
                lane.take();
            }
        }
        return names.toString();
    }

    @Test
    void theLeastBusyForItsWeightTakesItUntilAllAreFull() {
        Lanes lanes = new Lanes(List.of(lane("a", 4, 1, false), lane("b", 4, 3, false)), new Balance.LeastBusy());
        assertEquals(8, lanes.slots());
        assertEquals("bbabbaaa-", taken(lanes, 9));
    }

    @Test
    void roundRobinSpreadsTheHeavyOneOut() {
        Lanes lanes =
                new Lanes(List.of(lane("a", 99, 3, false), lane("b", 99, 1, false), lane("c", 99, 1, false)), new Balance.RoundRobin());
        assertEquals("abacaabaca", taken(lanes, 10));
    }

    @Test
    void theFirstTakesAllItCan() {
        assertEquals("aab", taken(new Lanes(List.of(lane("a", 2, 1, false), lane("b", 2, 9, false)), new Balance.First()), 3));
    }

    @Test
    void aClientStaysWithItsOwnAndOnlyThoseOfTheOneThatIsGoneMove() {
        List<Lane> all = List.of(lane("a", 9999, 1, false), lane("b", 9999, 1, false), lane("c", 9999, 2, false));
        Lanes lanes = new Lanes(all, new Balance.Client());
        Map<String, String> before = new TreeMap<>();
        Map<String, Integer> share = new TreeMap<>();
        for (int i = 0; i < 4000; i++) {
            String name = lanes.free(from("10.0.0." + i)).name();
            before.put("10.0.0." + i, name);
            share.merge(name, 1, Integer::sum);
        }
        assertEquals(1000, share.get("a"), 120);
        assertEquals(2000, share.get("c"), 120);
        gates.get("b").in = false;
        before.forEach((client, name) -> {
            String now = lanes.free(from(client)).name();
            assertTrue(name.equals("b") ? !now.equals("b") : now.equals(name), client);
        });
    }

    @Test
    void oneThatIsOutIsPassedOverUntilItIsBack() {
        Lanes lanes = new Lanes(List.of(lane("a", 4, 1, false), lane("b", 4, 1, false)), new Balance.First());
        gates.get("a").in = false;
        assertEquals("b", taken(lanes, 1));
        gates.get("a").in = true;
        assertEquals("aaaab", taken(lanes, 5));
    }

    @Test
    void backupsAreUsedOnlyWhileNobodyElseIsIn() {
        Lane spare = lane("s", 4, 1, true);
        Lanes lanes = new Lanes(List.of(lane("a", 1, 1, false), spare), new Balance.LeastBusy());
        assertEquals("a-", taken(lanes, 2), "full is not out");
        gates.get("a").in = false;
        assertEquals("ss", taken(lanes, 2));
        gates.get("a").in = true;
        assertFalse(lanes.mayGoOn(spare), "the usual one is back");
    }

    @Test
    void whenAllAreOutTheOneThatMayComeBackFirstIsTried() {
        Lane soon = lane("b", 2, 1, false);
        Lanes lanes = new Lanes(List.of(lane("a", 2, 1, false), soon), new Balance.LeastBusy());
        gates.values().forEach(gate -> gate.in = false);
        gates.get("a").backAt = 500;
        gates.get("b").backAt = 200;
        assertSame(soon, lanes.free(from("c")));
        assertFalse(lanes.hasOther(soon));
        assertEquals("bb-", taken(lanes, 3));
    }

    @Test
    void aSingleOneIsNeverOut() {
        Lanes lanes = new Lanes(List.of(lane("a", 1, 1, false)), new Balance.LeastBusy());
        gates.get("a").in = false;
        assertEquals("a", taken(lanes, 1));
        assertNull(lanes.free(from("c")));
    }

    @Test
    void whoIsLeftOutEndsWhatRunsThereAndIsGone() {
        Lane leaves = lane("a", 2, 1, false);
        Lane stays = lane("b", 2, 1, false);
        Lanes lanes = new Lanes(List.of(leaves, stays), new Balance.First());
        List<String> gone = new ArrayList<>();
        assertEquals("aa", taken(lanes, 2));
        lanes.arrange(List.of(stays, lane("c", 2, 1, false)), lane -> gone.add(lane.name())).run();
        assertEquals(4, lanes.slots());
        assertEquals(6, lanes.mostRunning());
        assertFalse(lanes.mayGoOn(leaves));
        gates.values().forEach(gate -> gate.in = false);
        assertTrue(lanes.hasOther(leaves), "it takes nothing any more, so any other one is better");
        gates.values().forEach(gate -> gate.in = true);
        lanes.give(leaves).run();
        assertEquals(List.of(), gone);
        lanes.give(leaves).run();
        assertEquals(List.of("a"), gone);
        assertEquals(4, lanes.mostRunning());
        assertEquals("bbcc-", taken(lanes, 5));
    }

    @Test
    void whoIsIdleIsGoneAtOnceAndWhoIsNamedAgainStays() {
        Lane a = lane("a", 1, 1, false);
        Lane b = lane("b", 1, 1, false);
        Lanes lanes = new Lanes(List.of(a, b), new Balance.First());
        List<String> gone = new ArrayList<>();
        assertEquals("a", taken(lanes, 1));
        lanes.arrange(List.of(lane("c", 1, 1, false)), lane -> gone.add(lane.name())).run();
        assertEquals(List.of("b"), gone);
        lanes.arrange(List.of(a), lane -> gone.add(lane.name())).run();
        assertEquals(List.of("b", "c"), gone);
        assertTrue(lanes.mayGoOn(a));
        lanes.give(a).run();
        assertEquals(List.of("b", "c"), gone);
        assertEquals("a-", taken(lanes, 2));
    }

    @Test
    void withFewerSlotsAsManyEndBeforeTheNextBegins() {
        Lane lane = lane("a", 3, 1, false);
        Lanes lanes = new Lanes(List.of(lane), new Balance.First());
        assertEquals("aaa", taken(lanes, 3));
        lane.change(new Lane.Share(1, 1, false));
        assertEquals(3, lanes.mostRunning());
        assertFalse(lanes.mayGoOn(lane));
        lanes.give(lane).run();
        assertFalse(lanes.mayGoOn(lane));
        lanes.give(lane).run();
        assertTrue(lanes.mayGoOn(lane));
        assertEquals("-", taken(lanes, 1));
    }
}
