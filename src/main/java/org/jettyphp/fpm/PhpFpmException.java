package org.jettyphp.fpm;

import java.io.IOException;

/** A private php-fpm cannot be had; the message says what to do. */
public final class PhpFpmException extends IOException {

    private static final long serialVersionUID = 1;

    PhpFpmException(String message) {
        super(message);
    }

    PhpFpmException(String message, IOException cause) {
        super(message, cause);
    }
}
