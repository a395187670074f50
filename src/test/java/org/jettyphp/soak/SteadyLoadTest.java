package org.jettyphp.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * At 70 % of what it can, with php-fpm reloaded and a worker killed again and again, a server stays as it is and fails nobody. Here for some
 * seconds; {@code -Dsoak.minutes=60} for an hour, whose figures go to {@code src/bench/results}.
 */
class SteadyLoadTest {

    private static final int MINUTES = Integer.getInteger("soak.minutes", 0);
    private static final Duration TIME = MINUTES > 0 ? Duration.ofMinutes(MINUTES) : Duration.ofSeconds(12);
    private static final int SAMPLES = MINUTES > 0 ? 240 : 20;
    /** A reload, and half of it later a killed worker. */
    private static final Duration ACCIDENTS_EVERY = MINUTES > 0 ? Duration.ofMinutes(1) : Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofSeconds(MINUTES > 0 ? 30 : 3);
    private static final Duration MEASURING = Duration.ofSeconds(MINUTES > 0 ? 60 : 3);
    private static final int SLACK = MINUTES > 0 ? 1 : 8;
    private static final int CROWD = 40;
    private static final double LOAD = 0.7;
    private static final int WORKERS = 4;
    private static final long SEED = Long.getLong("soak.seed", 20_261_127);
    private static final Path OUTPUT = Path.of("target/soak");

    private final Random random = new Random(SEED);
    private final Samples samples = new Samples();
    private Path root;
    private RealFpm fpm;
    private Watched server;
    private int kills;

    @BeforeEach
    void startAll() throws Exception {
        Files.createDirectories(OUTPUT);
        root = Trees.create();
        Trees.copy(Path.of("src/test/php"), root);
        Path wait = Trees.write(root, "wait.php", "<?php usleep(mt_rand(20000, 60000));");
        Files.createDirectory(root.resolve("markers"));
        fpm = RealFpm.onUnixSocket(Map.of("pm.max_children", String.valueOf(WORKERS), "pm.status_path", "/status",
                "[global] process_control_timeout", "10s", "php_admin_value[auto_prepend_file]", wait.toString()));
        server = new Watched(root, Files.createDirectory(root.resolve("spool")), fpm, WORKERS, OUTPUT.resolve("steady-load.log"));
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        if (fpm != null) {
            fpm.close();
        }
        Trees.delete(root);
    }

    @Test
    @Timeout(value = 25, unit = TimeUnit.HOURS)
    void nothingGrowsAndNothingFailsButWhatAKilledWorkerHad() throws Exception {
        Arrivals arrivals = new Arrivals(server.port(), root.resolve("markers"), SEED);
        arrivals.capacity(CROWD, WARM_UP);
        double capacity = arrivals.capacity(CROWD, MEASURING);
        arrivals.begin(capacity * LOAD);
        watch(arrivals);
        arrivals.end();
        report(arrivals, capacity);
        Until.true_("nothing is left: " + server.now(), () -> server.now().isAtRest());
        Until.true_("no worker is busy: " + fpm.ask("/status"), () -> fpm.ask("/status").matches("(?s).*\nactive processes: +1\n.*"));
        List<Arrivals.Failure> failures = arrivals.failures();
        assertTrue(failures.stream().allMatch(Arrivals.Failure::mayBeAKilledWorkers), failures.toString());
        assertTrue(failures.size() <= kills, kills + " killed workers, and " + failures);
        assertEquals(List.of(), samples.grown(SLACK));
    }

    private void watch(Arrivals arrivals) throws Exception {
        long start = System.nanoTime();
        long accident = start + ACCIDENTS_EVERY.toNanos() / 2;
        boolean reload = true;
        int before = arrivals.ended();
        double secondsBefore = 0;
        for (int i = 1; i <= SAMPLES; i++) {
            while (System.nanoTime() < start + TIME.toNanos() * i / SAMPLES) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            if (System.nanoTime() >= accident) {
                accident(reload);
                reload = !reload;
                accident += ACCIDENTS_EVERY.toNanos() / 2;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            int now = arrivals.ended();
            samples.add(new Samples.Sample(seconds, (now - before) / (seconds - secondsBefore), arrivals.failures().size(), server.now()));
            before = now;
            secondsBefore = seconds;
        }
    }

    private void accident(boolean reload) throws Exception {
        List<Long> workers = fpm.workers();
        if (reload) {
            RealFpm.signal("USR2", fpm.pid());
        } else if (!workers.isEmpty()) {
            kills++;
            RealFpm.signal("KILL", workers.get(random.nextInt(workers.size())));
        }
    }

    private void report(Arrivals arrivals, double capacity) throws Exception {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, """
                # soak

                %d s at %.1f requests a second, 70 %% of the %.1f that %d workers can: pages, forms, uploads and downloads to 2 MB, chunked
                uploads, slow senders and readers, event streams, HTTP/2; a fifth of the clients leave. Each script waits for 20 to 60 ms. Every
                %d s php-fpm was reloaded (process_control_timeout = 10s), and a worker was killed. The heap may have 256 MiB; %d samples, each
                after a collection.

                `./test soak -Dsoak.minutes=%d`, %s

                %d requests, %d workers killed, **%d requests failed**. On average %.1f of %d slots were in use.

                """, TIME.toSeconds(), capacity * LOAD, capacity, WORKERS, ACCIDENTS_EVERY.toSeconds(), SAMPLES, MINUTES,
                LocalDate.now(ZoneOffset.UTC), arrivals.ended(), kills, arrivals.failures().size(), samples.meanBusy(), WORKERS));
        arrivals.failures().forEach(
                failure -> text.append("- second ").append(failure.second()).append(", ").append(failure.kind().title()).append(": ")
                        .append(failure.what().lines().findFirst().orElse("")).append('\n'));
        text.append("\n![over time](soak.svg)\n\n").append(samples.tables()).append("\n```\n").append(arrivals.tally().table())
                .append("```\n");
        System.out.println(text);
        Path to = MINUTES > 0 ? Path.of("src/bench/results") : OUTPUT;
        Files.writeString(to.resolve("soak.md"), text);
        Path columns = Files.writeString(OUTPUT.resolve("soak.tsv"), samples.columns());
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "src/bench/Plot.java", columns.toString())
                .redirectOutput(to.resolve("soak.svg").toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start().waitFor();
    }
}
