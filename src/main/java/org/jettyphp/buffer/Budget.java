package org.jettyphp.buffer;

import java.util.concurrent.atomic.AtomicLong;

/** A number of bytes that all bodies of an application share. Any thread. */
final class Budget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    Budget(long limit) {
        this.limit = limit;
    }

    /** Takes so many bytes, or none of them. */
    boolean take(long size) {
        long before = used.get();
        while (before + size <= limit) {
            if (used.compareAndSet(before, before + size)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }

    /** Takes so many bytes even over the limit: the few without which nothing would move. */
    void takeAnyway(long size) {
        used.addAndGet(size);
    }

    void give(long size) {
        used.addAndGet(-size);
    }

    long used() {
        return used.get();
    }

    long limit() {
        return limit;
    }
}
