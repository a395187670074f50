package org.jettyphp.pool;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The slots of one PHP-FPM among those of an application. What changes is known to {@link Slots} alone, under its lock. */
public final class Lane {

    /** Whether a PHP-FPM is to be given requests. Any thread, also with the lock of {@link Slots} held: it must not wait. */
    public interface Gate {

        /** Whether it takes requests; if not, it does only where no other one does. Whoever lets it in again calls {@link Slots#look()}. */
        boolean isIn();

        /** When it may come back, on the clock of {@link System#nanoTime()}; meaningful while it is out. */
        long backAt();
    }

    /** Never out. */
    public static final Gate OPEN = new Gate() {
        @Override
        public boolean isIn() {
            return true;
        }

        @Override
        public long backAt() {
            return 0;
        }
    };

    /**
     * How much a PHP-FPM takes.
     *
     * @param slots how many requests at once, 1 or more
     * @param weight its share beside the others
     * @param backup whether it is used only while no other one is in
     */
    public record Share(int slots, int weight, boolean backup) {}

    private final String name;
    private final Gate gate;
    private Share share;
    private int busy;

    /** Set while it drains: who is told when its last job has ended. */
    private @Nullable Consumer<Lane> whenGone;

    /**
     * Nothing is in use.
     *
     * @param name for log lines, and what a client's address is hashed with
     */
    public Lane(String name, Share share, Gate gate) {
        this.name = name;
        this.share = share;
        this.gate = gate;
    }

    public String name() {
        return name;
    }

    int slots() {
        return share.slots();
    }

    int weight() {
        return share.weight();
    }

    boolean isBackup() {
        return share.backup();
    }

    void change(Share to) {
        share = to;
    }

    Gate gate() {
        return gate;
    }

    int busy() {
        return busy;
    }

    boolean hasFree() {
        return busy < share.slots();
    }

    void take() {
        busy++;
    }

    void give() {
        busy--;
    }

    void drain(Consumer<Lane> gone) {
        whenGone = gone;
    }

    void takeBack() {
        whenGone = null;
    }

    boolean isDraining() {
        return whenGone != null;
    }

    Consumer<Lane> whenGone() {
        return Objects.requireNonNull(whenGone);
    }
}
