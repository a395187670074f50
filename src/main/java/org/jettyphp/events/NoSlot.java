package org.jettyphp.events;

/** Why a request gets no slot. */
public enum NoSlot {
    /** The queue has {@code queueSize} requests already. */
    QUEUE_FULL,
    /** It has waited for {@code queueTimeout}. */
    WAITED_TOO_LONG,
    /** Nobody waits for its answer any more: the client has left, or another limit of the request has passed. */
    ABANDONED,
    /** There was a slot, but no memory or descriptor for its thread. */
    NO_THREAD,
    /** The application is being stopped. */
    CLOSED
}
