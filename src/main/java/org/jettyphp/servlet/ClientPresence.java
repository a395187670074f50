package org.jettyphp.servlet;

/**
 * What a server can know of a client, and the Servlet API does not tell. A server that does know puts one of these on each request.
 */
public interface ClientPresence {

    /** The request attribute. */
    String ATTRIBUTE = "org.jettyphp.clientPresence";

    /** Whether it has closed its connection, or half of it (as in nginx), while nothing is read and nothing written; any thread. */
    boolean hasLeft();

    /**
     * Whether it has gone with a reset, of its connection or of its stream in HTTP/2. Who closes a connection may still want its request
     * done. Meaningful once {@link #hasLeft} is true; any thread.
     */
    boolean hasReset();

    /**
     * The request is answered although its body has not come whole, and the client may go on sending: if the connection is closed for that,
     * it should not be reset under the answer.
     */
    void mayStillSend();
}
