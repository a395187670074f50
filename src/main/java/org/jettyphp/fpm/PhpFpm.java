package org.jettyphp.fpm;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A php-fpm that belongs to this process. It is up when the constructor's {@link #start} has returned, is started again when it dies, and has
 * ended when {@link #close()} has returned.
 */
public final class PhpFpm implements AutoCloseable {

    /** What is asked for at its {@link #statusSocket()}. */
    public static final String STATUS_PATH = PoolFile.STATUS;

    private static final Logger LOG = LoggerFactory.getLogger(PhpFpm.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration SHORT_GRACE = Duration.ofMillis(500);
    private static final long SECONDS_BETWEEN_MEASUREMENTS = 10;

    private final Path documentRoot;
    private final FpmDirectories directories;
    private final Workers workers;
    private final Path binary;
    private final FurtherPools further;
    private final Configuration configuration;
    private final List<String> command;
    private final WorkerMemory workerMemory;
    private final Backoff backoff = new Backoff();
    private @Nullable Upkeep upkeep;
    private @Nullable FpmProcess process;
    private boolean up;
    private boolean restarting;
    private boolean closing;

    private PhpFpm(FpmSettings settings, Path documentRoot, PoolRequest request, FpmDirectories directories) throws IOException {
        this.binary = PhpFpmBinary.find(settings.phpFpm(), System.getenv("PATH"));
        this.documentRoot = documentRoot;
        this.directories = directories;
        Machine machine = Machine.here();
        this.workers = settings.workersOn(machine);
        this.further = new FurtherPools(request.stopTimeout().plus(START_LIMIT), directories::socket, this::reload);
        this.workerMemory = new WorkerMemory(directories.run(), () -> workers.most() * (1 + further.all().size()), machine.memory());
        this.configuration = new Configuration(binary, documentRoot, directories, new PoolFile(workers, directories, request), further);
        this.command = configuration.write();
    }

    /**
     * Starts one and waits until it answers and its workers can read the document root.
     *
     * @throws PhpFpmException if it does not come up within 10 s, with what it said
     */
    public static PhpFpm start(FpmSettings settings, Path documentRoot, PoolRequest request) throws IOException {
        FpmDirectories directories = FpmDirectories.create(documentRoot, settings.user(), System.getenv());
        PhpFpm fpm;
        try {
            fpm = new PhpFpm(settings, documentRoot, request, directories);
        } catch (IOException | RuntimeException failed) {
            directories.removeRun();
            throw failed;
        }
        try {
            fpm.launch();
            ReadCheck.Told told = new ReadCheck(fpm.socket(), fpm.directories.state()).check(documentRoot, request.extensions());
            fpm.obey(told.settable());
            fpm.cameUp();
            fpm.lookAfter(new WatchedFiles(told.iniPlaces()));
            return fpm;
        } catch (IOException | RuntimeException failed) {
            fpm.close();
            throw failed;
        }
    }

    /** Where it listens. */
    public Path socket() {
        return directories.socket();
    }

    /** How many requests it can run at once. */
    public Workers workers() {
        return workers;
    }

    /** Where it tells its status, at {@link #STATUS_PATH}, if its workers {@linkplain Workers#grow() grow}. */
    public Path statusSocket() {
        return directories.statusSocket();
    }

    /**
     * What counts of the ini values that are asked for some scripts only, by name: of several the last one, in as far as PHP lets an application set
     * it and no setting does. The log says once what becomes of each. Any thread.
     */
    public Map<String, String> counting(List<IniValue> asked) {
        return configuration.counting(asked);
    }

    /** Whether the scripts of the {@linkplain #socket() main pool} have all of these. Any thread. */
    public boolean givesAll(Map<String, String> values) {
        return configuration.givesAll(values);
    }

    /**
     * Makes one more pool, of as many workers at most, that ends them when they are idle. Returns at once, with where it will listen. Any thread.
     *
     * @param values what its scripts have besides those of the main pool, as {@link #counting} has found
     * @param whenUp is told of its socket when it answers
     */
    public Path addPool(Map<String, String> values, Consumer<Path> whenUp) {
        return further.add(values, whenUp);
    }

    /** Ends such a pool, the next time that php-fpm begins anew; nobody may use it any more. Any thread. */
    public void removePool(Path socket) {
        further.remove(socket);
    }

    private synchronized void launch() throws IOException {
        if (!closing) {
            configuration.restore();
            FpmProcess started = FpmProcess.start(command, this::ended);
            process = started;
            try {
                awaitPing(started);
            } catch (IOException failed) {
                started.end(SHORT_GRACE);
                throw failed;
            }
        }
    }

    /** From now on it is started again when it ends; what ends before has failed to start, which is for the caller to hear. */
    private synchronized void cameUp() throws PhpFpmException {
        if (process == null || !process.isAlive()) {
            throw new PhpFpmException(binary + " ended at its start" + (process == null ? "" : lastWords(process)));
        }
        up = true;
    }

    private synchronized void lookAfter(WatchedFiles iniFiles) {
        workerMemory.report();
        upkeep = new Upkeep("php-fpm-upkeep", second -> {
            if (iniFiles.haveChanged()) {
                LOG.info("An ini file of PHP has changed");
                reload();
            }
            lookAtApplication();
            if (second % SECONDS_BETWEEN_MEASUREMENTS == 0) {
                measure();
            }
        });
    }

    /** What the application may ask for only PHP can tell, so that it has to be up before. */
    private synchronized void obey(Set<String> settable) throws IOException {
        if (process != null && configuration.obeys(settable)) {
            reload();
            awaitPing(process);
        }
    }

    private synchronized void lookAtApplication() {
        if (configuration.applicationHasChanged()) {
            reload();
        }
    }

    private synchronized void measure() {
        workerMemory.look();
        if (configuration.isOwed()) {
            reload();
        }
    }

    /**
     * Lets it read php.ini and the files beside it anew. Its workers finish what they do, as long as {@link PoolRequest#stopTimeout}; requests
     * wait until then, and none is lost. Where it could not start with its new configuration it keeps what it has, and the log says why.
     *
     * @param values ini values given by the user, which win over ours
     */
    public synchronized void reload(Map<String, String> values) {
        configuration.use(values);
        reload();
    }

    /** Whether what it reads, now or when it is started again, is the new configuration. */
    private synchronized boolean reload() {
        if (!configuration.renew()) {
            return false;
        }
        try {
            if (process != null && process.isAlive() && !closing) {
                workerMemory.report();
                LOG.info("php-fpm for {} reads its configuration anew", documentRoot);
                process.reload();
            }
        } catch (IOException failed) {
            LOG.warn("php-fpm for {} could not be told to read its configuration anew: {}", documentRoot, failed.toString());
        }
        return true;
    }

    private void awaitPing(FpmProcess started) throws IOException {
        long until = System.nanoTime() + START_LIMIT.toNanos();
        IOException last = new IOException("it was not asked");
        while (System.nanoTime() < until) {
            if (!started.isAlive()) {
                throw new PhpFpmException(binary + " ended at its start" + lastWords(started));
            }
            try {
                new FpmQuestion(socket(), START_LIMIT).ping(configuration.generation());
                return;
            } catch (IOException notYet) {
                last = notYet;
            }
            started.awaitEnd(5);
        }
        throw new PhpFpmException(binary + " did not answer within " + START_LIMIT.toSeconds() + " s" + lastWords(started), last);
    }

    private String lastWords(FpmProcess ended) {
        return ended.lastWords() + directories.shortage();
    }

    /** On the thread that reads its log. One such thread starts it again, also where the new one ends at its start. */
    private void ended(FpmProcess process) {
        if (!beginRestart()) {
            return;
        }
        long pause = backoff.after(process.upNanos());
        LOG.warn("php-fpm for {} ended{}. Starting it again in {} ms", documentRoot, lastWords(process), pause);
        try {
            boolean launched;
            do {
                TimeUnit.MILLISECONDS.sleep(pause);
                pause = Backoff.next(pause);
                launched = launchOrSay(pause);
            } while (!endRestart(launched));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean launchOrSay(long pause) {
        try {
            launch();
            return true;
        } catch (IOException failed) {
            LOG.warn("php-fpm could not be started again, next try in {} ms: {}", pause, failed.getMessage());
            return false;
        }
    }

    private synchronized boolean beginRestart() {
        boolean ours = up && !closing && !restarting;
        restarting |= ours;
        return ours;
    }

    /** Whether it is up, or not wanted any more. Under the same lock as above: a new one that ends right now is restarted by its own thread. */
    private synchronized boolean endRestart(boolean launched) {
        boolean done = closing || launched && process != null && process.isAlive();
        restarting = !done;
        return done;
    }

    @Override
    public void close() {
        close(SHORT_GRACE);
    }

    /** Ends it: what its workers still do, after {@code fastcgi_finish_request()} say, they may finish if it takes no longer. */
    public void close(Duration grace) {
        FpmProcess running;
        synchronized (this) {
            closing = true;
            running = process;
            further.close();
            if (upkeep != null) {
                upkeep.close();
            }
        }
        if (running != null) {
            running.end(grace);
        }
        try {
            directories.removeRun();
        } catch (IOException failed) {
            LOG.warn("{} could not be removed: {}", directories.run(), failed.toString());
        }
    }
}
