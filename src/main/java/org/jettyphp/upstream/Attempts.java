package org.jettyphp.upstream;

import org.jettyphp.fastcgi.ExchangeException;

/** Counts what has been tried for one request. */
final class Attempts {

    /** php-fpm closing fresh connections again and again is no restart any more. */
    private static final int MOST_UNBEGUN = 5;

    private final boolean repeatable;
    private boolean repeated;
    private int unbegun;

    Attempts(boolean repeatable) {
        this.repeatable = repeatable;
    }

    boolean isFirst() {
        return !repeated && unbegun == 0;
    }

    boolean mayRunAgain() {
        return repeatable && !repeated;
    }

    boolean again(ExchangeException failed) {
        if (failed.kind() != ExchangeException.Kind.LOST || failed.answered()) {
            return false;
        }
        if (!failed.begun()) {
            return ++unbegun <= MOST_UNBEGUN;
        }
        boolean again = mayRunAgain();
        repeated = true;
        return again;
    }
}
