package org.jettyphp.upstream;

import java.time.Duration;

/**
 * Why a PHP-FPM takes no requests. Among several others take them; what it means for requests where it is the only one, which is never passed
 * over, is said here.
 *
 * @param state what it is, as the predicate of a sentence
 * @param meaning what becomes of requests, and what to look at
 */
record Outage(String state, String why, String meaning) {

    /** It has answered before, and nobody listens there any more. */
    static Outage away(ConnectTrouble trouble, Duration queueTimeout) {
        return new Outage("is away", trouble.fact(), "requests wait for it, up to " + queueTimeout.toMillis()
                + " ms (queueTimeout). If nobody restarts it, look whether its service runs, and into its log");
    }

    /** Waiting would not help, or has not so far. */
    static Outage unreachable(ConnectTrouble trouble) {
        return new Outage("cannot be connected to", trouble.advice(), "requests get 503 until it can");
    }

    static Outage refusing(String said) {
        return new Outage("refuses requests", said, "they get 503 as long as it does");
    }

    static Outage breaking(String how) {
        return new Outage("breaks its answers off", how, "requests go to it all the same, since there is no other one");
    }

    static Outage silent(String how) {
        return new Outage("does not answer", how, "requests wait for it");
    }

    boolean saysTheSameAs(Outage other) {
        return state.equals(other.state) && meaning.equals(other.meaning);
    }
}
