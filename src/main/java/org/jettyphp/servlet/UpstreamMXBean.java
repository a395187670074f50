package org.jettyphp.servlet;

import org.jspecify.annotations.Nullable;

/**
 * What of an application's way to PHP-FPM can be changed while it runs: {@code org.jettyphp:type=Upstream,context="/"} in the platform's MBean
 * server. A change counts for what comes from then on and costs no request; it is forgotten at a restart. A value that cannot be used is refused
 * with an {@link IllegalArgumentException}, and nothing has changed then. It counts for each of the pools that a private php-fpm has. Durations are written as settings are: {@code 500ms}, {@code 30s}.
 */
public interface UpstreamMXBean {

    /** As the setting {@code target}; a private php-fpm cannot be exchanged for another one, nor the other way round. */
    String getTarget();

    void setTarget(@Nullable String target);

    /** Most connections to each PHP-FPM, 1 to 10000; of a private one always its workers. */
    int getMaxConnections();

    void setMaxConnections(int connections);

    /** How many requests may wait, 0 or more. */
    int getQueueSize();

    void setQueueSize(int requests);

    /** How long a request may wait; 0: without limit. */
    String getQueueTimeout();

    void setQueueTimeout(@Nullable String duration);

    /** How long connecting may take; 0: without limit. */
    String getConnectTimeout();

    void setConnectTimeout(@Nullable String duration);

    /** How long PHP may be silent; 0: without limit. */
    String getResponseTimeout();

    void setResponseTimeout(@Nullable String duration);
}
