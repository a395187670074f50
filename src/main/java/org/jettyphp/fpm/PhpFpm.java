package org.jettyphp.fpm;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A php-fpm that belongs to this process. It is up when the constructor's {@link #start} has returned, is started again when it dies, and has
 * ended when {@link #close()} has returned.
 */
public final class PhpFpm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PhpFpm.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final Path documentRoot;
    private final FpmDirectories directories;
    private final Path socket;
    private final int workers;
    private final List<String> command;
    private @Nullable FpmProcess process;
    private boolean closing;
    private long lastPause = FIRST_PAUSE_MILLIS / 2;

    private PhpFpm(FpmSettings settings, Path documentRoot, PoolRequest request) throws IOException {
        Path binary = PhpFpmBinary.find(settings.phpFpm(), System.getenv("PATH"));
        Path run = Files.createTempDirectory("jetty-php-fpm-");
        WorkerUser user = WorkerUser.choose(settings.user(), run, documentRoot);
        this.documentRoot = documentRoot;
        this.directories = FpmDirectories.create(run, documentRoot, user, System.getenv());
        this.socket = run.resolve("fpm.sock");
        this.workers = settings.workersFor(Runtime.getRuntime().availableProcessors(), memory());
        PoolFile pool = new PoolFile(socket, workers, user, directories, request);
        Path poolFile = run.resolve("pool.conf");
        Files.writeString(poolFile, pool.text());
        this.command = FpmProcess.command(run, binary, poolFile, user.isRoot());
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize() : 1L << 32;
    }

    /**
     * Starts one and waits until it answers and its workers can read the document root.
     *
     * @throws PhpFpmException if it does not come up within 10 s, with what it said
     */
    public static PhpFpm start(FpmSettings settings, Path documentRoot, PoolRequest request) throws IOException {
        PhpFpm fpm = new PhpFpm(settings, documentRoot, request);
        try {
            fpm.launch();
            new ReadCheck(fpm.socket, fpm.directories.state()).check(documentRoot, request.extensions());
            return fpm;
        } catch (IOException | RuntimeException failed) {
            fpm.close();
            throw failed;
        }
    }

    /** Where it listens. */
    public Path socket() {
        return socket;
    }

    /** How many requests it can run at once. */
    public int workers() {
        return workers;
    }

    private synchronized void launch() throws IOException {
        if (!closing) {
            process = FpmProcess.start(command, this::ended);
            awaitPing(process);
        }
    }

    private void awaitPing(FpmProcess started) throws IOException {
        long until = System.nanoTime() + START_LIMIT.toNanos();
        IOException last = new IOException("it was not asked");
        while (System.nanoTime() < until) {
            if (!started.isAlive()) {
                throw new PhpFpmException("php-fpm ended at its start: " + started.lastWords());
            }
            try {
                new FpmQuestion(socket, START_LIMIT).ping();
                return;
            } catch (IOException notYet) {
                last = notYet;
            }
            started.awaitEnd(5);
        }
        throw new PhpFpmException("php-fpm did not answer within " + START_LIMIT.toSeconds() + " s: " + started.lastWords(), last);
    }

    /** On the thread that reads its log; nobody else starts it again. */
    private void ended(FpmProcess process) {
        long pause = nextPause(process);
        while (!isClosing()) {
            LOG.warn("php-fpm for {} ended ({}); starting it again in {} ms", documentRoot, process.lastWords(), pause);
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
                launch();
                return;
            } catch (IOException failed) {
                LOG.warn("php-fpm could not be started again: {}", failed.getMessage());
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Longer each time it ends soon after its start. */
    private long nextPause(FpmProcess process) {
        lastPause = process.upNanos() > STEADY_NANOS ? FIRST_PAUSE_MILLIS : Math.min(lastPause * 2, LONGEST_PAUSE_MILLIS);
        return lastPause;
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    @Override
    public void close() {
        FpmProcess running;
        synchronized (this) {
            closing = true;
            running = process;
        }
        if (running != null) {
            running.end();
        }
        try {
            directories.removeRun();
        } catch (IOException failed) {
            LOG.warn("{} could not be removed: {}", directories.run(), failed.toString());
        }
    }
}
