package org.jettyphp.fpm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how much memory a worker takes: at first, and when it has become markedly more. For one thread. */
final class WorkerMemory {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerMemory.class);
    private static final long MIB = 1 << 20;
    private static final long LEAST_GROWTH = 4 * MIB;

    private final Path run;
    private final IntSupplier mostWorkers;
    private final long machine;
    private long reported;

    /** {@code run}: where php-fpm says who it is; {@code machine}: bytes of memory that the machine, or the container, has. */
    WorkerMemory(Path run, IntSupplier mostWorkers, long machine) {
        this.run = run;
        this.mostWorkers = mostWorkers;
        this.machine = machine;
    }

    /** Says it if it is the first time, or half as much again as it was. */
    void look() {
        say(Math.max(reported + LEAST_GROWTH, reported + reported / 2));
    }

    /** Says it. */
    void report() {
        say(1);
    }

    /** None while it is not up. */
    private List<ProcessHandle> workers() {
        try {
            long master = Long.parseLong(Files.readString(run.resolve("fpm.pid")).strip());
            return ProcessHandle.of(master).map(found -> found.children().toList()).orElse(List.of());
        } catch (IOException | NumberFormatException absent) {
            return List.of();
        }
    }

    private void say(long least) {
        List<Long> shares = workers().stream().map(worker -> share(worker.pid())).filter(bytes -> bytes > 0).toList();
        long each = (long) shares.stream().mapToLong(bytes -> bytes).average().orElse(0);
        if (each < least) {
            return;
        }
        reported = Math.max(reported, each);
        LOG.info("{} PHP workers, about {} MiB each", shares.size(), each / MIB);
        int most = mostWorkers.getAsInt();
        if (each * most > machine) {
            LOG.warn("{} such workers would take more than the {} MiB of memory there are; lower workers or memory_limit", most,
                    machine / MIB);
        }
    }

    /**
     * A process's own pages and its proportional share of those that it has in common with others, in bytes (Linux, PSS); 0 where that is not
     * told: on other systems, or to a root without CAP_SYS_PTRACE, as in many containers.
     */
    private static long share(long pid) {
        try {
            String line = Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream().filter(each -> each.startsWith("Pss:"))
                    .findFirst().orElse("");
            return line.isEmpty() ? 0 : Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        } catch (IOException untold) {
            return 0;
        }
    }
}
