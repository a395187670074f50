package org.jettyphp.pool;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The PHP-FPMs of an application, and which of them has a slot. Not for several threads: {@link Slots} holds its lock. */
final class Lanes {

    static final Runnable NOTHING = () -> {};

    /** Those that take requests, in the order of the targets. */
    private List<Lane> all;

    private final Set<Lane> draining = new HashSet<>();
    private final Balance balance;

    Lanes(List<Lane> all, Balance balance) {
        this.all = List.copyOf(all);
        this.balance = balance;
    }

    int slots() {
        return all.stream().mapToInt(Lane::slots).sum();
    }

    /** How many jobs may run at once, with those that still run where there are no slots for them any more. */
    int mostRunning() {
        return Stream.concat(all.stream(), draining.stream()).mapToInt(lane -> Math.max(lane.slots(), lane.busy())).sum();
    }

    /**
     * From now on these take requests; whichever is left out drains.
     *
     * @return what to do without the lock
     */
    Runnable arrange(List<Lane> lanes, Consumer<Lane> gone) {
        draining.addAll(all);
        lanes.forEach(draining::remove);
        lanes.forEach(Lane::takeBack);
        draining.forEach(lane -> lane.drain(gone));
        all = List.copyOf(lanes);
        List<Runnable> calls = draining.stream().filter(lane -> lane.busy() == 0).toList().stream().map(this::gone).toList();
        return () -> calls.forEach(Runnable::run);
    }

    /**
     * A slot is not in use any more.
     *
     * @return what to do without the lock
     */
    Runnable give(Lane lane) {
        lane.give();
        return lane.busy() == 0 && draining.contains(lane) ? gone(lane) : NOTHING;
    }

    private Runnable gone(Lane lane) {
        draining.remove(lane);
        Consumer<Lane> listener = lane.whenGone();
        return () -> listener.accept(lane);
    }

    /** One with a free slot for the job; null if there is none. */
    @Nullable
    Lane free(Job job) {
        if (all.size() == 1) {
            Lane only = all.get(0);
            return only.hasFree() ? only : null;
        }
        List<Lane> free = candidates().stream().filter(Lane::hasFree).toList();
        return free.isEmpty() ? null : balance.choose(free, job);
    }

    /** Whether a lane that has just ended a job may take the next one. */
    boolean mayGoOn(Lane lane) {
        // Its slot of the moment counts as in use.
        return lane.busy() <= lane.slots() && candidates().contains(lane);
    }

    /** Those that are in; backups only if no other one is; where all are out, the one that may come back first. */
    private List<Lane> candidates() {
        if (all.size() <= 1) {
            return all;
        }
        List<Lane> in = all.stream().filter(lane -> lane.gate().isIn()).toList();
        List<Lane> usual = in.stream().filter(lane -> !lane.isBackup()).toList();
        if (!usual.isEmpty()) {
            return usual;
        }
        return in.isEmpty() ? List.of(leastBad()) : in;
    }

    private Lane leastBad() {
        Lane best = all.get(0);
        for (Lane lane : all) {
            best = lane.gate().backAt() - best.gate().backAt() < 0 ? lane : best;
        }
        return best;
    }

    /** Whether another one is in; for what a lane that drains cannot begin there is always one. */
    boolean hasOther(Lane than) {
        return than.isDraining() || all.stream().anyMatch(lane -> lane != than && lane.gate().isIn());
    }
}
