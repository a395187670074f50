package org.jettyphp.events;

/** What became of an exchange. */
public enum ExchangeEnd {
    /** PHP has answered to the end, whatever its status. */
    ANSWERED,
    /** The PHP-FPM could not be connected to, or no worker took the request: PHP has not begun. */
    UNREACHABLE,
    /** It said FCGI_OVERLOADED. */
    OVERLOADED,
    /** The worker died, or answered with what is not FastCGI. */
    BROKEN,
    /** Nothing came within {@code responseTimeout}. */
    TIMED_OUT,
    /** It was ended from here: the client has left, a limit of the request has passed, or the server stops. */
    ABORTED,
    /** The client could not take the answer, PHP's head made no sense, or the body could not be read. */
    UNDELIVERED
}
