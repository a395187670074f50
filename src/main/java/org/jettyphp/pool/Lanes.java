package org.jettyphp.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The PHP-FPMs of an application, and which of them has a slot. Not for several threads: {@link Slots} holds its lock. */
final class Lanes {

    private final List<Lane> all;
    private final Balance balance;

    Lanes(List<Lane> all, Balance balance) {
        this.all = List.copyOf(all);
        this.balance = balance;
    }

    int slots() {
        return all.stream().mapToInt(Lane::slots).sum();
    }

    /** One with a free slot for the job; null if there is none. */
    @Nullable
    Lane free(Job job, long nanoTime) {
        if (all.size() == 1) {
            Lane only = all.get(0);
            return only.busy() < only.slots() ? only : null;
        }
        List<Lane> free = new ArrayList<>();
        for (Lane lane : candidates(nanoTime)) {
            if (hasFree(lane, nanoTime)) {
                free.add(lane);
            }
        }
        return free.isEmpty() ? null : balance.choose(free, job);
    }

    /** Whether a lane that has just ended a job may take the next one. */
    boolean mayGoOn(Lane lane, long nanoTime) {
        // Its slot of the moment counts as in use.
        return all.size() == 1 || candidates(nanoTime).contains(lane) && lane.busy() <= limit(lane, nanoTime);
    }

    /** Those that are in; backups only if no other one is; where all are out, the one that may come back first. */
    private List<Lane> candidates(long nanoTime) {
        List<Lane> in = all.stream().filter(lane -> lane.gate().limit(lane.slots(), nanoTime) > 0).toList();
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

    private static boolean hasFree(Lane lane, long nanoTime) {
        return lane.busy() < limit(lane, nanoTime);
    }

    /** Of the least bad one, which is out, all. */
    private static int limit(Lane lane, long nanoTime) {
        int limit = lane.gate().limit(lane.slots(), nanoTime);
        return limit == 0 ? lane.slots() : limit;
    }

    /** How many have at least one slot for requests: another one is worth a try only if there is one. */
    boolean hasOther(Lane than, long nanoTime) {
        for (Lane lane : all) {
            if (lane != than && lane.gate().limit(lane.slots(), nanoTime) > 0) {
                return true;
            }
        }
        return false;
    }

    /** When the next one that is out may come back; {@link Long#MAX_VALUE}: none is out. */
    long nextBack(long nanoTime) {
        long next = Long.MAX_VALUE;
        for (Lane lane : all) {
            if (lane.gate().limit(lane.slots(), nanoTime) == 0) {
                next = Math.min(next, Math.max(1, lane.gate().backAt() - nanoTime));
            }
        }
        return next;
    }
}
