package org.jettyphp.cgi;

/** A value that must not reach PHP, or cannot: answered 400. */
public final class UnusableVariableException extends Exception {

    private static final long serialVersionUID = 1;

    UnusableVariableException(String message) {
        super(message);
    }
}
