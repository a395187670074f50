package org.jettyphp.pool;

import java.time.Duration;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** How many exchanges run at once, and how many requests may wait for how long. */
public record PoolSettings(
        @Setting(text = "Most connections open to PHP-FPM at once; ought to be pm.max_children of its pool, since each holds a worker. "
                + "At least 1. Default: 32; with a private php-fpm always its workers")
        @Nullable Integer maxConnections,
        @Setting(byDefault = "0", text = "How many idle connections are kept open for requests without a body; each holds a worker, and a "
                + "request on one waits for what its script before still does behind fastcgi_finish_request(). 0: a connection for each request. At most maxConnections")
        int keepAlive,
        @Setting(byDefault = "10000", text = "How many requests may wait for a connection; the next one is answered 503 with Retry-After at once. 0: nobody waits")
        int queueSize,
        @Setting(byDefault = "30s", text = "How long a request may wait for a connection before it is answered 503 with Retry-After. 0: without limit")
        Duration queueTimeout,
        @Setting(byDefault = "0", text = "How many requests of one client address may run at once; its others wait while those of other clients pass them. "
                + "0: without limit. Behind a proxy all clients have its address")
        int maxPerClient,
        @Setting(byDefault = "30s", text = "How long a stop waits for requests that run or wait, before they are ended. 0: not at all")
        Duration stopTimeout) {

    /** Still fits any backlog when nobody told us the number of workers. */
    static final int DEFAULT_CONNECTIONS = 32;

    public PoolSettings {
        if (maxConnections != null && (maxConnections < 1 || maxConnections > 10_000)) {
            throw new IllegalArgumentException("maxConnections is " + maxConnections + "; it lies between 1 and 10000");
        }
        if (keepAlive < 0 || maxConnections != null && keepAlive > maxConnections) {
            throw new IllegalArgumentException("keepAlive is " + keepAlive + "; it lies between 0 and maxConnections");
        }
        if (queueSize < 0) {
            throw new IllegalArgumentException("queueSize is " + queueSize + "; it is 0 or more");
        }
        if (queueTimeout.isNegative()) {
            throw new IllegalArgumentException("queueTimeout is negative");
        }
        if (stopTimeout.isNegative()) {
            throw new IllegalArgumentException("stopTimeout is negative");
        }
        if (maxPerClient < 0) {
            throw new IllegalArgumentException("maxPerClient is " + maxPerClient + "; it is 0 or more");
        }
    }

    /** The number of slots. */
    public int slots() {
        return maxConnections != null ? maxConnections : DEFAULT_CONNECTIONS;
    }

    /** The same with other values for what can be changed while requests are under way. */
    public PoolSettings with(@Nullable Integer connections, int mostWaiting, Duration longestWait) {
        return new PoolSettings(connections, keepAlive, mostWaiting, longestWait, maxPerClient, stopTimeout);
    }

    /** The same with a connection for each request. */
    public PoolSettings keepingNone() {
        return new PoolSettings(maxConnections, 0, queueSize, queueTimeout, maxPerClient, stopTimeout);
    }

    /** The same with the number of workers that a php-fpm is known to have. */
    public PoolSettings withSlots(int workers) {
        return new PoolSettings(workers, Math.min(keepAlive, workers), queueSize, queueTimeout, maxPerClient, stopTimeout);
    }
}
