package org.jettyphp.events;

/**
 * What a PHP-FPM says of the pool behind a target.
 *
 * @param manager {@code static}, {@code dynamic} or {@code ondemand}
 * @param startTime when it was started or reloaded, in seconds since 1970: counters begin anew with it
 * @param active workers that do something
 * @param idle workers that wait
 * @param queue connections in its backlog; always 0 for a Unix-domain socket
 * @param slowRequests how many took longer than {@code request_slowlog_timeout}
 * @param maxChildrenReached how often it could have used more workers than {@code pm.max_children}
 */
public record PoolStatus(String manager, long startTime, int active, int idle, int queue, long slowRequests, long maxChildrenReached) {

    /** Workers in all. */
    public int total() {
        return active + idle;
    }
}
