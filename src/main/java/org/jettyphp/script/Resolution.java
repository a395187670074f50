package org.jettyphp.script;

import org.jettyphp.htaccess.Additions;

/**
 * What a URL means, and what the application's own rules add to the answer.
 *
 * @param decision the query of a script is that of the last rewriting
 */
public record Resolution(Decision decision, Additions additions) {

    static Resolution of(Decision decision) {
        return new Resolution(decision, Additions.NONE);
    }
}
