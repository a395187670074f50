package org.jettyphp.soak;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * Whether a client leaves, when, and how.
 *
 * @param share of what is sent or received in that moment, 0 to 1
 */
record Leaving(Moment moment, boolean byReset, double share) {

    private static final double PROBABILITY = 0.2;

    /** When. */
    enum Moment {
        NEVER, IN_THE_HEAD, IN_THE_BODY, WHEN_SENT, IN_THE_ANSWER
    }

    /** Thrown by a client in the moment in which it leaves. */
    static final class Left extends IOException {
        private static final long serialVersionUID = 1;
    }

    static Leaving random(Random random, Ask ask) {
        if (random.nextDouble() >= PROBABILITY) {
            return new Leaving(Moment.NEVER, false, 0);
        }
        List<Moment> moments = new java.util.ArrayList<>(List.of(Moment.IN_THE_HEAD, Moment.WHEN_SENT, Moment.WHEN_SENT));
        if (ask.body() != null) {
            moments.add(Moment.IN_THE_BODY);
        }
        if (ask.answer() != null && ask.answer().length() > 1) {
            moments.add(Moment.IN_THE_ANSWER);
        }
        return new Leaving(moments.get(random.nextInt(moments.size())), random.nextBoolean(), random.nextDouble());
    }

    /** To be called when all of that moment that is to happen has happened. */
    void at(Moment now) throws Left {
        if (now == moment) {
            throw new Left();
        }
    }

    /** How much of so many bytes is sent in that moment: all, unless it is the one for leaving. */
    int partOf(Moment now, int size) {
        return now == moment ? (int) (size * share) : size;
    }

    /** To be called when so many bytes of an answer have come. */
    void arrived(int bytes, Ask ask) throws Left {
        if (moment == Moment.IN_THE_ANSWER && bytes >= ask.answer().length() * share * 0.9) {
            throw new Left();
        }
    }
}
