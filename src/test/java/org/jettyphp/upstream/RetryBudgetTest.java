package org.jettyphp.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jettyphp.events.Events;
import org.jettyphp.events.PhpListener;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.events.Retry;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private record Request(String id, String site, String method, String uri, String script, String client) implements RequestInfo {}

    private final AtomicLong now = new AtomicLong();
    private final List<String> refused = new ArrayList<>();

    private RetryBudget budget(int slots) {
        return budget(() -> slots);
    }

    private RetryBudget budget(IntSupplier slots) {
        return new RetryBudget(slots, new Events(List.of(new PhpListener() {
            @Override
            public void retryRefused(RequestInfo request, String target, Retry why) {
                refused.add(request.id() + " " + target + " " + why);
            }
        })), now::get);
    }

    private static boolean pays(RetryBudget budget) {
        return budget.pay(new Request("id", "", "GET", "/", "/x.php", "c"), "a:9000", Retry.LOST);
    }

    private static int paid(RetryBudget budget, int attempts) {
        int paid = 0;
        for (int i = 0; i < attempts; i++) {
            paid += pays(budget) ? 1 : 0;
        }
        return paid;
    }

    @Test
    void aQuietServerCanTryAgainAndSlotsThatAreLostAtOnceCanToo() {
        assertEquals(10, paid(budget(4), 20));
        assertEquals(32, paid(budget(32), 100));
    }

    @Test
    void tenRequestsPayForOneSecondAttempt() {
        RetryBudget budget = budget(1);
        paid(budget, 10);
        assertFalse(budget.hasLeft());
        int paid = 0;
        for (int i = 0; i < 1000; i++) {
            budget.deposit();
            paid += pays(budget) ? 1 : 0;
        }
        assertEquals(100, paid);
    }

    @Test
    void noMoreIsSavedUpThanFits() {
        RetryBudget budget = budget(1);
        for (int i = 0; i < 1000; i++) {
            budget.deposit();
        }
        assertEquals(10, paid(budget, 20));
    }

    @Test
    void slotsThatComeWithAChangeOfSettingsCount() {
        AtomicInteger slots = new AtomicInteger(1);
        RetryBudget budget = budget(slots::get);
        slots.set(64);
        for (int i = 0; i < 1000; i++) {
            budget.deposit();
        }
        assertEquals(64, paid(budget, 100));
    }

    @Test
    void whatIsOwedIsPaidBackFirst() {
        RetryBudget budget = budget(1);
        paid(budget, 10);
        budget.owe();
        for (int i = 0; i < 19; i++) {
            budget.deposit();
        }
        assertFalse(budget.hasLeft());
        budget.deposit();
        assertTrue(budget.hasLeft());
    }

    @Test
    void whoIsRefusedIsTold() {
        RetryBudget budget = budget(1);
        paid(budget, 12);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertFalse(pays(budget));
        assertEquals(List.of("id a:9000 LOST", "id a:9000 LOST", "id a:9000 LOST"), refused);
    }
}
