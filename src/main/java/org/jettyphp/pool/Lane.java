package org.jettyphp.pool;

/** The slots of one PHP-FPM among those of an application. How many are in use is known to {@link Slots} alone, under its lock. */
public final class Lane {

    /** Whether a PHP-FPM is to be given requests. Any thread, also with the lock of {@link Slots} held: it must not wait. */
    public interface Gate {

        /** How many of its slots may be in use now: all, one on probation, or 0 while it is out. */
        int limit(int slots, long nanoTime);

        /** When it may come back, on the clock of {@link System#nanoTime()}; meaningful while it is out. */
        long backAt();
    }

    /** Never out. */
    public static final Gate OPEN = new Gate() {
        @Override
        public int limit(int slots, long nanoTime) {
            return slots;
        }

        @Override
        public long backAt() {
            return 0;
        }
    };

    private final String name;
    private final int slots;
    private final int weight;
    private final boolean backup;
    private final Gate gate;
    private int busy;

    /**
     * Nothing is in use.
     *
     * @param name for log lines, and what a client's address is hashed with
     * @param weight its share beside the others
     * @param backup whether it is used only while no other one is in
     */
    public Lane(String name, int slots, int weight, boolean backup, Gate gate) {
        this.name = name;
        this.slots = slots;
        this.weight = weight;
        this.backup = backup;
        this.gate = gate;
    }

    public String name() {
        return name;
    }

    public int slots() {
        return slots;
    }

    int weight() {
        return weight;
    }

    boolean isBackup() {
        return backup;
    }

    Gate gate() {
        return gate;
    }

    int busy() {
        return busy;
    }

    void take() {
        busy++;
    }

    void give() {
        busy--;
    }
}
