package org.jettyphp.events;

/** What has happened to a request that is tried again. */
public enum Retry {
    /** The PHP-FPM could not be connected to. */
    UNREACHABLE,
    /** The connection was closed before php-fpm had read the request: PHP cannot have begun. */
    NOT_BEGUN,
    /** The PHP-FPM said FCGI_OVERLOADED. */
    OVERLOADED,
    /** The worker was lost, or its host is out of reach, before the first byte of an answer; PHP may have begun, and the request may run twice. */
    LOST
}
