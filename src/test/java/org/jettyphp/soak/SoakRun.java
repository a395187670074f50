package org.jettyphp.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Connector;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.jettyphp.servlet.UnderWay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests of all kinds at once, a fifth of whose clients leave: every other answer is right to the byte, and nothing is left
 * afterwards. System properties: {@code soak.requests}, for each kind of socket; {@code soak.seed}, to do the same again.
 */
class SoakRun {

    private static final int REQUESTS = Integer.getInteger("soak.requests", 10_000);
    private static final long SEED = Long.getLong("soak.seed", 20_261_124);
    private static final int CLIENTS = 50;
    private static final int WARM_UP = 500;
    private static final int WORKERS = 4;
    private static final int MOST_THREADS = 60;
    private static final Path LOG = Path.of("target/soak/server.log");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Path root;
    private RealFpm fpm;
    private PhpServer server;

    /** What the server says is long, and goes to a file; Jetty's binding keeps the stream that is there at its first line. */
    @BeforeAll
    static void logToAFile() throws Exception {
        Files.createDirectories(LOG.getParent());
        System.setErr(new PrintStream(Files.newOutputStream(LOG), true, StandardCharsets.UTF_8));
    }

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        Trees.copy(Path.of("src/test/php"), root);
        Files.createDirectory(root.resolve("markers"));
        Files.createDirectory(root.resolve("spool"));
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
    void nothingIsLeftBehindOnAUnixSocket() throws Exception {
        soak("a Unix socket", RealFpm.onUnixSocket(pool()));
    }

    @Test
    void nothingIsLeftBehindOnTcp() throws Exception {
        soak("TCP", RealFpm.onTcp(pool()));
    }

    private static Map<String, String> pool() {
        return Map.of("pm.max_children", String.valueOf(WORKERS), "pm.status_path", "/status");
    }

    private void soak(String socket, RealFpm behind) throws Exception {
        fpm = behind;
        server = PhpServer.serving(root).target(fpm.target()).port(0).maxConnections(WORKERS).set("accessLog", "off")
                // Those who have just left wait beside the others for a moment: some are refused.
                .set("queueSize", "46").set("spoolDirectory", root.resolve("spool").toString()).build();
        server.start();
        LongAccumulator most = new LongAccumulator(Math::max, 0);
        Crowd crowd = new Crowd(server.port(), root.resolve("markers"), SEED, () -> most.accumulate(threadsAtWork() - CLIENTS));
        crowd.run(CLIENTS, 0, WARM_UP);
        awaitRest();
        Map<String, Integer> before = Descriptors.open();
        most.reset();
        long start = System.nanoTime();
        Tally tally = crowd.run(CLIENTS, WARM_UP, REQUESTS);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("%nsoak over %s: %d clients, %d workers, seed %d, %d.%d s, at most %d threads at work beside the clients%n%s",
                socket,
                CLIENTS, WORKERS, SEED, took.toSeconds(), took.toMillisPart() / 100, most.get(), tally.table());
        assertEquals(List.of(), tally.faults());
        awaitRest();
        awaitClosed(before);
        assertFalse(Files.readString(LOG).contains("\tat "), "a stack trace in " + LOG);
        assertTrue(tally.sum(Outcome.COMPLETED) > REQUESTS / 2, "most are answered");
    }

    private void awaitRest() throws Exception {
        ServletContext application = server.context().getServletContext();
        Until.true_("all connections are closed", () -> Arrays.stream(server.context().getServer().getConnectors())
                .map(Connector::getConnectedEndPoints).allMatch(java.util.Collection::isEmpty));
        Until.true_("no slot is taken", () -> UnderWay.busy(application) == 0);
        Until.true_("nobody waits", () -> UnderWay.waiting(application) == 0);
        Until.true_("nothing is spooled", () -> UnderWay.spooled(application) == 0);
        Until.true_("only the lock is in the spool directory: " + spoolFiles(), () -> spoolFiles().equals(List.of("lock")));
        // The one that answers this is busy with it.
        Until.true_("no worker is busy: " + fpm.ask("/status"), () -> fpm.ask("/status").matches("(?s).*\nactive processes: +1\n.*"));
        Until.true_("few threads are at work", () -> threadsAtWork() < MOST_THREADS);
    }

    /** By who opened it: the collector too closes what it finds, and would hide that nobody else does. */
    private static void awaitClosed(Map<String, Integer> before) throws Exception {
        long collections = collections();
        Until.true_("no more is open than before: " + Descriptors.beyond(before), () -> {
            Map<String, Integer> open = Descriptors.beyond(before);
            assertTrue(open.isEmpty() || collections() == collections, () -> "open until the collector came: " + open);
            return open.isEmpty();
        });
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }

    /** Without those that Jetty keeps for the next burst: it lets go of one a minute. */
    private int threadsAtWork() {
        return THREADS.getThreadCount() - server.context().getServer().getThreadPool().getIdleThreads();
    }

    private List<String> spoolFiles() throws Exception {
        try (Stream<Path> files = Files.walk(root.resolve("spool"))) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
        }
    }
}
