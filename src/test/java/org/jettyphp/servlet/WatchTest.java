package org.jettyphp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {

    private final Watch watch = new Watch();
    private final List<Counter> under = new ArrayList<>();

    @AfterEach
    void close() {
        watch.close();
    }

    private static final class Counter implements Watch.Watched {
        private int looks;
        private int presences;

        @Override
        public synchronized void look(long nanoTime, boolean presence) {
            looks++;
            presences += presence ? 1 : 0;
        }

        @Override
        public void endNow() {}

        synchronized int looks() {
            return looks;
        }

        synchronized int presences() {
            return presences;
        }
    }

    private void rounds(int requests, int rounds) {
        for (int i = 0; i < requests; i++) {
            Counter each = new Counter();
            under.add(each);
            watch.add(each);
        }
        // The watch's own first round may be among them.
        for (int i = 0; i < rounds; i++) {
            watch.round();
        }
    }

    @Test
    void fewAreAskedEachTimeWhetherTheyAreThere() {
        rounds(100, 3);
        under.forEach(each -> assertTrue(each.presences() >= 3, each.presences() + " times"));
    }

    @Test
    void ofManyEachIsAskedInItsTurn() {
        int many = 10_000;
        rounds(many, 21);
        under.forEach(
                each -> assertTrue(each.looks() >= 21 && each.presences() >= 1 && each.presences() <= 2, each.presences() + " times"));
    }

    @Test
    void whoHasEndedIsLookedAtNoMore() {
        rounds(1, 1);
        Counter ended = under.get(0);
        watch.remove(ended);
        int before = ended.looks();
        watch.round();
        assertEquals(before, ended.looks());
    }
}
