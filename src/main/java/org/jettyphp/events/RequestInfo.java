package org.jettyphp.events;

/** Which request an event is about; it stays valid after the request has ended. */
public interface RequestInfo {

    /** As the log lines and the access log have it, unique within the process. */
    String id();

    /** Which one of several applications of a server it is for, {@code blog.example/shop}; empty for the only one. */
    String site();

    String method();

    /** As it was sent, with its query. */
    String uri();

    /** The SCRIPT_FILENAME that PHP-FPM is told. */
    String script();

    /** The client's address as text. */
    String client();
}
