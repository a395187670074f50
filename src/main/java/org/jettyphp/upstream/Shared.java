package org.jettyphp.upstream;

import org.jettyphp.events.Events;
import org.jettyphp.pool.PoolSettings;

/** What the PHP-FPMs of an application have in common. */
record Shared(UpstreamSettings settings, PoolSettings pool, Events events, RetryBudget budget) {

    Shared(UpstreamSettings settings, PoolSettings pool, Events events) {
        this(settings, pool, events, new RetryBudget(pool.slots(), events, System::nanoTime));
    }
}
