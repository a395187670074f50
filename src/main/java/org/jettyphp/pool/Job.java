package org.jettyphp.pool;

import org.jettyphp.events.NoSlot;
import org.jettyphp.events.RequestInfo;

/** A request that needs a slot. It is run until it is done, or refused once. */
public interface Job {

    /** Which request it is. */
    RequestInfo request();

    /** Asked on the exchange's thread when there is a slot at last: whether somebody still waits for the answer. If not, it is refused. */
    default boolean isWanted() {
        return true;
    }

    /**
     * It has found a free slot, and a thread is to be woken that will {@linkplain #run run} it: what does not block can be done before. On the thread
     * that submitted it. What it throws is logged, and it is run all the same.
     *
     * @param lane where it will run first
     */
    default void ahead(Lane lane) {}

    /** Runs with a slot of its own, on the thread that has it; what it throws is logged and does not end the thread. */
    Outcome run(ExchangeThread thread, Lane lane);

    /** What became of a run. */
    enum Outcome {
        /** It is over, one way or the other. */
        DONE,
        /** It could not begin there and may be run again, by another PHP-FPM. */
        ELSEWHERE
    }

    /** There is no slot for it; on the thread of whoever found out. */
    void refuse(NoSlot why);
}
