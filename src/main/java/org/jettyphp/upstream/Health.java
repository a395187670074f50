package org.jettyphp.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jettyphp.events.Events;
import org.jettyphp.pool.Lane;
import org.jettyphp.transport.Address;

/**
 * Whether a PHP-FPM takes requests. One that cannot be connected to is out at once; one that breaks answers, when it does so again and again;
 * one that is silent, when {@link Checks} find it so. It is out for longer each time and comes back when it answers a check, or a request
 * that was tried with it because all others were out. Any thread.
 */
final class Health implements Lane.Gate {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** So many broken answers in a row, or so many of the last ones: one script that crashes its worker is not the fault of a PHP-FPM. */
    private static final int BROKEN_IN_A_ROW = 5;

    private static final int BROKEN_OF_THE_LAST = 8;
    private static final int LAST = 16;

    private final Address address;
    private final OutageLog log;
    private final LongSupplier nanoTime;
    private final Runnable whenBack;
    private final Events events;
    private final LongAdder answers = new LongAdder();
    private volatile State state = new State(0, false, 0, 0);

    /** The last exchanges, the newest in the lowest bit; 1: its answer broke. */
    private volatile int outcomes;

    /**
     * What is known.
     *
     * @param failures how often it was put out since an exchange ended well
     * @param since when it was put out first
     * @param backAt when it may come back
     */
    private record State(int failures, boolean out, long since, long backAt) {}

    /** It is in. {@code whenBack} is called without a lock, on the thread that has found out. */
    Health(Address address, OutageLog log, LongSupplier nanoTime, Runnable whenBack, Events events) {
        this.address = address;
        this.log = log;
        this.nanoTime = nanoTime;
        this.whenBack = whenBack;
        this.events = events;
    }

    @Override
    public boolean isIn() {
        return !state.out;
    }

    @Override
    public long backAt() {
        return state.backAt;
    }

    /** How many exchanges have ended well: if it grows, requests are being answered. */
    long answers() {
        return answers.sum();
    }

    /** An exchange has ended well. One that was begun before there was anything to come back from says nothing: its worker finishes what it does. */
    void succeeded(long begunAt) {
        answers.increment();
        State now = state;
        boolean tells = !now.out || begunAt - now.since >= 0;
        if (tells && (outcomes != 0 || now.failures > 0)) {
            comeBack(0);
        }
    }

    /** It has answered a check. That its answers do not break is for exchanges to show: until then it is out for longer the next time. */
    void checked() {
        if (state.out) {
            comeBack(state.failures);
        }
    }

    private void comeBack(int failures) {
        State before;
        synchronized (this) {
            before = state;
            outcomes = before.out ? 0 : outcomes << 1;
            state = new State(failures, false, 0, 0);
        }
        if (before.out) {
            log.back(Duration.ofNanos(nanoTime.getAsLong() - before.since));
            events.tell(listener -> listener.back(address.toString()));
            whenBack.run();
        }
    }

    /** A worker died, or what came was no answer. */
    void broken(String why) {
        if (tooManyBroken()) {
            failed(Outage.breaking(why));
        }
    }

    private synchronized boolean tooManyBroken() {
        outcomes = outcomes << 1 | 1;
        boolean inARow = (~outcomes & (1 << BROKEN_IN_A_ROW) - 1) == 0;
        return inARow || Integer.bitCount(outcomes & (1 << LAST) - 1) >= BROKEN_OF_THE_LAST;
    }

    /** It takes no requests. */
    void failed(Outage outage) {
        Duration pause = putOut();
        log.out(outage, pause, state.failures);
        if (!pause.isZero()) {
            events.tell(listener -> listener.out(address.toString(), pause, outage.why()));
        }
    }

    /** For how long; zero: it was out already. Several requests that fail at once are one failure. */
    private synchronized Duration putOut() {
        long now = nanoTime.getAsLong();
        if (state.out && now - state.backAt < 0) {
            return Duration.ZERO;
        }
        int failures = state.failures + 1;
        long pause = Math.min(LONGEST.toNanos(), FIRST.toNanos() << Math.min(failures - 1, 10));
        state = new State(failures, true, state.out ? state.since : now, now + pause);
        return Duration.ofNanos(pause);
    }
}
