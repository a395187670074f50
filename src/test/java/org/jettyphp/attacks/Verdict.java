package org.jettyphp.attacks;

import java.util.List;

/**
 * What a server has done with an attack.
 *
 * @param outcome of the first answer: {@code run} for the output of a script, {@code file} for a plain file or a part of it, {@code 0.9} for
 *        an answer without a head, {@code closed} for none, else the status; {@code hangs} if the connection stayed open
 * @param faults what must not be; empty if all is well
 */
record Verdict(Attack attack, String outcome, List<Fault> faults) {

    enum Fault {
        /** Source, or a file that is for nobody, came back. */
        LEAK,
        /** A script ran that must not. */
        WRONG_EXECUTION,
        /** What a client has made up stands where PHP believes it, in our answer's head or in a redirect. */
        LIE,
        /** Another outcome than the row allows. */
        WRONG_STATUS,
        /** Neither an answer nor an end within the limit. */
        HANG,
        /** The next request on the connection got another answer than its own. */
        MIX_UP
    }

    @Override
    public String toString() {
        return attack.name() + ": " + outcome + ", right is " + attack.right() + " " + faults;
    }
}
