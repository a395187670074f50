package org.jettyphp.pool;

/** Work that needs a slot. It is run until it is done, or refused once. */
public interface Job {

    /** Whose it is, for {@code maxPerClient}: the client's address. */
    default String client() {
        return "";
    }

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
    void refuse(Refusal refusal);

    /** Why a job gets no slot. */
    enum Refusal {
        /** The queue has {@code queueSize} jobs already. */
        QUEUE_FULL,
        /** It has waited for {@code queueTimeout}. */
        WAITED_TOO_LONG,
        /** There was a slot, but no memory or descriptor for its thread. */
        NO_THREAD,
        /** The slots have been closed. */
        CLOSED
    }
}
