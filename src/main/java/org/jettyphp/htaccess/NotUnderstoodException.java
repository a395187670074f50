package org.jettyphp.htaccess;

/** A line that means nothing here. The message says what about it, for the warning. */
final class NotUnderstoodException extends Exception {

    private static final long serialVersionUID = 1;

    NotUnderstoodException(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
