/**
 * What happened, for whoever listens: how long a request waited and why one gave up, what was tried again, which PHP-FPM is out. Told by
 * {@code pool} and {@code upstream}; imports nothing of ours. Thread rule: a listener is called on the thread on which it happened, with no
 * lock held.
 */
@NullMarked
package org.jettyphp.events;

import org.jspecify.annotations.NullMarked;
