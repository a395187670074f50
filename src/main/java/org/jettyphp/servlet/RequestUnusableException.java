package org.jettyphp.servlet;

/** A request that cannot be put to PHP: nothing has run, and the client is told what kind of mistake it made. */
final class RequestUnusableException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    RequestUnusableException(Failure failure) {
        super(failure.cause());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
