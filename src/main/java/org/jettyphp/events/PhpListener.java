package org.jettyphp.events;

import java.time.Duration;

/**
 * Hears what happens on the way to PHP. Every method does nothing unless it is overridden.
 *
 * <p>A request that asks for a slot is {@link #queued}; then either it is {@link #granted} one or it {@link #gaveUp}. With a slot its
 * exchange {@link #started} and, whatever happens, {@link #ended}; where PHP cannot have begun, or may begin again, it may be {@link #handedOn}, and is granted a
 * slot of another PHP-FPM afterwards, or gives up. In this order, but on several threads, one after the other: the container's, those of
 * exchanges, the queue's clock. No lock is held meanwhile, but the thread is: a listener returns at once and leaves what takes time to a
 * thread of its own. What it throws is logged and harms nobody.
 *
 * <p>A target is written as in the setting {@code target}, without weight.
 */
public interface PhpListener {

    /** A request asks for a slot. */
    default void queued(RequestInfo request) {}

    /** It has one. {@code waited}: since it was queued or handed on; close to zero where a slot was free. */
    default void granted(RequestInfo request, String target, Duration waited) {}

    /** It gets none, and PHP is not asked. {@code waited}: since it was queued or handed on. */
    default void gaveUp(RequestInfo request, NoSlot why, Duration waited) {}

    /** A PHP-FPM is going to be asked: a connection is taken or opened. */
    default void started(RequestInfo request, String target) {}

    /** It has been asked, all attempts there included. {@code took}: since it started. */
    default void ended(RequestInfo request, String target, ExchangeEnd how, Duration took) {}

    /** The exchange is tried again with the same PHP-FPM. */
    default void retried(RequestInfo request, String target, Retry why) {}

    /** The request is given to another PHP-FPM than {@code target}, and waits for a slot there in its old place. */
    default void handedOn(RequestInfo request, String target, Retry why) {}

    /** It would have been tried again or handed on, but the retry budget is spent: it has failed. */
    default void retryRefused(RequestInfo request, String target, Retry why) {}

    /** A PHP-FPM could not be reached, or says it is overloaded. Among several it gets no requests for so long. {@code cause}: as in the log. */
    default void out(String target, Duration pause, String cause) {}

    /** A PHP-FPM that was out has answered. */
    default void back(String target) {}

    /** A PHP-FPM has told how its pool is; every few seconds where {@code statusPath} is set. */
    default void reported(String target, PoolStatus status) {}
}
