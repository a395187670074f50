package org.jettyphp.servlet;

import jakarta.servlet.ServletContext;

/** Looks into the queue of an application, which no client can see. */
public final class WaitingRequests {

    private WaitingRequests() {}

    /** How many requests wait for a worker. */
    public static int in(ServletContext application) {
        PhpContext context = (PhpContext) application.getAttribute(PhpContext.class.getName());
        return context.upstream().slots().usage().waiting();
    }
}
