package org.jettyphp.upstream;

import org.jettyphp.events.Events;
import org.jettyphp.pool.PoolSettings;

/** What the PHP-FPMs of an application have in common. Any thread; the settings are those of the moment. */
final class Shared {

    private final Events events;
    private final RetryBudget budget;
    private volatile UpstreamSettings settings;
    private volatile PoolSettings pool;

    Shared(UpstreamSettings settings, PoolSettings pool, Events events) {
        this.settings = settings;
        this.pool = pool;
        this.events = events;
        this.budget = new RetryBudget(() -> pool().slots(), events, System::nanoTime);
    }

    UpstreamSettings settings() {
        return settings;
    }

    PoolSettings pool() {
        return pool;
    }

    Events events() {
        return events;
    }

    RetryBudget budget() {
        return budget;
    }

    void change(UpstreamSettings to, PoolSettings poolTo) {
        settings = to;
        pool = poolTo;
    }
}
