package org.jettyphp.attacks;

import java.io.IOException;

/** How attacks are sent. */
interface Attacker {

    /** @param next a harmless request that follows on the same connection, as a target */
    Said ask(Attack attack, String next) throws IOException;
}
