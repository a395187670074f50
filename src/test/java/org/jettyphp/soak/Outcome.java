package org.jettyphp.soak;

/** What became of a request. */
enum Outcome {
    /** The answer is whole and right. */
    COMPLETED,
    /** The client has left. */
    LEFT,
    /** 503 with Retry-After: the queue was full. */
    REFUSED
}
