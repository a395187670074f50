package org.jettyphp.servlet;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Names requests in the logs: unique within a process, unlikely to meet again in another one. */
final class RequestId {

    private static final String PREFIX =
            Long.toString(ThreadLocalRandom.current().nextLong(36L * 36 * 36 * 36, 36L * 36 * 36 * 36 * 36), 36) + "-";
    private static final AtomicLong COUNT = new AtomicLong();

    private RequestId() {}

    static String next() {
        return PREFIX + Long.toString(COUNT.incrementAndGet(), 36);
    }
}
