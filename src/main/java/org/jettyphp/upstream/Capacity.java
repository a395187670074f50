package org.jettyphp.upstream;

import org.jettyphp.events.PoolStatus;
import org.jettyphp.pool.PoolSettings;

/** How many requests a PHP-FPM is given at once, by what it says of itself. Learns on one thread at a time; any thread may ask. */
final class Capacity {

    private static final int MOST = 10_000;

    /** As a part of what there is: a dynamic pool starts workers, one a second and then more, only when it has none idle. */
    private static final int HEADROOM = 4;

    private final boolean keepsSpare;
    private volatile int learned;
    private long startTime;
    private long reached;
    private int mostWorkers;
    private boolean atItsLimit;

    /** {@code least}: see {@link Target#least()}. */
    Capacity(int least) {
        keepsSpare = least > 0;
        learned = least;
    }

    /** What has been learned, but not more than {@code maxConnections} where that is set; before that, {@code maxConnections}. */
    int slots(PoolSettings pool) {
        int most = pool.maxConnections() != null ? pool.maxConnections() : MOST;
        return learned == 0 ? pool.slots() : Math.min(learned, most);
    }

    void learn(PoolStatus status) {
        learned = switch (status.manager()) {
            case "static" -> Math.max(1, status.total());
            case "dynamic" -> keepsSpare ? Math.max(1, status.total()) : ofDynamic(status);
            // It starts a worker for each connection that finds none, and has none without: only the user knows its limit.
            default -> 0;
        };
    }

    /** Its limit is not told. What it has had it can have again; more is tried until it says that it would have needed more. */
    private int ofDynamic(PoolStatus status) {
        if (status.startTime() != startTime) {
            startTime = status.startTime();
            reached = status.maxChildrenReached();
            mostWorkers = 0;
            atItsLimit = false;
        }
        mostWorkers = Math.max(mostWorkers, status.total());
        atItsLimit |= status.maxChildrenReached() > reached;
        reached = status.maxChildrenReached();
        return atItsLimit ? mostWorkers : mostWorkers + Math.max(1, mostWorkers / HEADROOM);
    }
}
