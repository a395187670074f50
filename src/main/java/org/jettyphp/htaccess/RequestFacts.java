package org.jettyphp.htaccess;

import org.jspecify.annotations.Nullable;

/** What rules may ask about a request. */
public interface RequestFacts {

    /** As received. */
    String method();

    /** {@code HTTP/1.1}. */
    String protocol();

    /** {@code http} or {@code https}. */
    String scheme();

    /** The host that was asked for. */
    String serverName();

    int serverPort();

    String serverAddr();

    String remoteAddr();

    /** Who has logged in with the container; empty: nobody. */
    String remoteUser();

    /** What the application's URLs begin with, decoded; empty for the root. */
    String contextPath();

    /** Path and query exactly as received. */
    String rawUri();

    /** A header's value, several joined with {@code ", "}; null: none. */
    @Nullable
    String header(String name);
}
