package org.jettyphp.fpm;

import java.lang.management.ManagementFactory;

/**
 * What there is for workers to share; in a container, its limits.
 *
 * @param memory bytes
 */
public record Machine(int cores, long memory) {

    /** Of a machine that does not tell. */
    private static final long UNKNOWN_MEMORY = 1L << 32;

    /** This one. */
    public static Machine here() {
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize() : UNKNOWN_MEMORY;
        return new Machine(Runtime.getRuntime().availableProcessors(), memory);
    }
}
