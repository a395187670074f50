package org.jettyphp.pool;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** Which of several PHP-FPMs takes a request, among those that have a slot for it. Called with the lock of {@link Slots} held. */
public sealed interface Balance {

    /** One of these; there is at least one, in the order of the targets. */
    Lane choose(List<Lane> free, Job job);

    /** The one with the fewest requests for its weight. */
    record LeastBusy() implements Balance {
        @Override
        public Lane choose(List<Lane> free, Job job) {
            Lane best = free.get(0);
            for (Lane lane : free) {
                // (busy + 1) / weight, without a division.
                if ((long) (lane.busy() + 1) * best.weight() < (long) (best.busy() + 1) * lane.weight()) {
                    best = lane;
                }
            }
            return best;
        }
    }

    /** One after the other by weight, the heavy ones spread out (nginx's smooth weighted round robin). */
    final class RoundRobin implements Balance {

        /** A lane that is gone takes its credit with it. */
        private final Map<Lane, Integer> credits = new WeakHashMap<>();

        @Override
        public Lane choose(List<Lane> free, Job job) {
            int total = 0;
            for (Lane lane : free) {
                credits.merge(lane, lane.weight(), Integer::sum);
                total += lane.weight();
            }
            Lane best = free.get(0);
            for (Lane lane : free) {
                best = credit(lane) > credit(best) ? lane : best;
            }
            credits.merge(best, -total, Integer::sum);
            return best;
        }

        private int credit(Lane lane) {
            return credits.getOrDefault(lane, 0);
        }
    }

    /** The first one. */
    record First() implements Balance {
        @Override
        public Lane choose(List<Lane> free, Job job) {
            return free.get(0);
        }
    }

    /** Always the same one for a client's address, and for each client another one where that is gone (highest random weight). */
    record Client() implements Balance {
        @Override
        public Lane choose(List<Lane> free, Job job) {
            return free.stream().max(Comparator.comparingDouble(lane -> score(lane, job.request().client()))).orElseThrow();
        }

        /** Weighted rendezvous hashing: -weight / ln(hash), the hash between 0 and 1. */
        private static double score(Lane lane, String client) {
            long hash = mix(31L * lane.name().hashCode() + client.hashCode());
            double unit = ((hash >>> 11) + 0.5) / (1L << 53);
            return -lane.weight() / Math.log(unit);
        }

        /** The finalizer of MurmurHash3. */
        private static long mix(long value) {
            long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
            mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
            return mixed ^ mixed >>> 33;
        }
    }
}
