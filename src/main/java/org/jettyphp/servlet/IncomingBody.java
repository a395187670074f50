package org.jettyphp.servlet;

/** A request body on its way from the client. */
interface IncomingBody {

    /** Whether more of it has to come. */
    boolean isComing();

    /** Gives it up if the client has been silent for too long; on the thread of {@link Watch}. */
    void look(long nanoTime);
}
