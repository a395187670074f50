package org.jettyphp.servlet;

/**
 * Tells whether the client of a request is still there. The Servlet API does not, while nothing is read and nothing written; a server that
 * knows puts one of these on each request.
 */
public interface ClientPresence {

    /** The request attribute. */
    String ATTRIBUTE = "org.jettyphp.clientPresence";

    /** Whether it has closed its connection, or half of it (as in nginx); any thread, and only while nobody reads the request. */
    boolean hasLeft();
}
