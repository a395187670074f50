package org.jettyphp.script;

/** A URL path that cannot be decoded, or leads above its root. */
final class UnusablePathException extends Exception {

    private static final long serialVersionUID = 1;

    UnusablePathException(String reason) {
        super(reason, null, false, false);
    }
}
