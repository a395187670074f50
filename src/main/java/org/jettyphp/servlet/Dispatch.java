package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import org.jettyphp.script.Decision;

/**
 * What the filter tells the servlet.
 *
 * @param type how the request came to the filter; the named dispatch to the servlet hides it
 */
record Dispatch(Decision.RunScript script, DispatcherType type) {

    /** The request attribute that carries it. */
    static final String ATTRIBUTE = "org.jettyphp.dispatch";
}
