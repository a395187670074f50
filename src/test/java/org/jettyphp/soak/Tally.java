package org.jettyphp.soak;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Counts what became of the requests. */
final class Tally {

    private final Map<Ask.Kind, AtomicIntegerArray> counts = new EnumMap<>(Ask.Kind.class);
    private final List<String> faults = new CopyOnWriteArrayList<>();

    Tally() {
        for (Ask.Kind kind : Ask.Kind.values()) {
            counts.put(kind, new AtomicIntegerArray(Outcome.values().length));
        }
    }

    void add(Ask.Kind kind, Outcome outcome) {
        counts.get(kind).incrementAndGet(outcome.ordinal());
    }

    void addFault(String fault) {
        faults.add(fault);
    }

    List<String> faults() {
        return faults;
    }

    int sum(Outcome outcome) {
        return counts.values().stream().mapToInt(of -> of.get(outcome.ordinal())).sum();
    }

    String table() {
        StringBuilder table = new StringBuilder(row("", "requests", "completed", "left", "refused"));
        counts.forEach((kind, of) -> table.append(row(kind.title(), numbers(outcome -> of.get(outcome.ordinal())))));
        return table.append(row("all", numbers(this::sum))).toString();
    }

    private static Object[] numbers(java.util.function.ToIntFunction<Outcome> count) {
        int[] numbers = Arrays.stream(Outcome.values()).mapToInt(count).toArray();
        return new Object[] {Arrays.stream(numbers).sum(), numbers[0], numbers[1], numbers[2]};
    }

    private static String row(String title, Object... cells) {
        return String.format("%-24s%10s%11s%8s%9s%n", title, cells[0], cells[1], cells[2], cells[3]);
    }
}
