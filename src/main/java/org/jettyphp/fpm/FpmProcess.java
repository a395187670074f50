package org.jettyphp.fpm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of php-fpm under its supervisor, and the thread that reads what it logs. */
final class FpmProcess {

    private static final Logger LOG = LoggerFactory.getLogger("php-fpm");
    private static final int KEPT_LINES = 5;
    private static final int END_LIMIT_SECONDS = 7;
    /** A master that begins anew in the very moment loses the signal; one that has heard it ignores the second one. */
    private static final long SAID_AGAIN_MILLIS = 500;

    private static final int END_OF_LOG_MILLIS = 1000;

    private final Process process;
    private final long startedAt = System.nanoTime();
    private final ArrayDeque<String> lastLines = new ArrayDeque<>();
    private final CountDownLatch logEnded = new CountDownLatch(1);
    private volatile boolean ending;

    private FpmProcess(Process process) {
        this.process = process;
    }

    /** A session of its own keeps a Ctrl-C in the terminal from reaching php-fpm before us; macOS has no setsid, but Perl. */
    static List<String> command(Path run, List<String> program) throws IOException {
        Path script = supervisor(run);
        boolean setsid = Files.isExecutable(Path.of("/usr/bin/setsid")) || Files.isExecutable(Path.of("/bin/setsid"));
        List<String> command = new ArrayList<>(setsid ? List.of("setsid")
                : List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV"));
        command.addAll(List.of("sh", script.toString(), run.toString()));
        command.addAll(program);
        command.add("-F");
        return List.copyOf(command);
    }

    /** Writes it, unless it is there. */
    static Path supervisor(Path run) throws IOException {
        Path script = run.resolve("supervise.sh");
        if (Files.notExists(script)) {
            try (InputStream in = FpmProcess.class.getResourceAsStream("supervise.sh")) {
                Files.copy(java.util.Objects.requireNonNull(in, "supervise.sh is missing in the jar"), script);
            }
        }
        return script;
    }

    static FpmProcess start(List<String> command, Consumer<FpmProcess> whenEnded) throws IOException {
        FpmProcess started = new FpmProcess(ChildProcess.start(command));
        Thread reader = new Thread(null, () -> started.read(whenEnded), "php-fpm-log", 0, false);
        reader.setDaemon(true);
        reader.setContextClassLoader(FpmProcess.class.getClassLoader());
        reader.start();
        return started;
    }

    private void read(Consumer<FpmProcess> whenEnded) {
        FpmLines news = new FpmLines();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log(line, news.isNews(line));
            }
        } catch (IOException broken) {
            LOG.debug("The log of php-fpm broke off", broken);
        }
        logEnded.countDown();
        boolean wanted = ending;
        awaitEnd(1000);
        if (!wanted && !ending) {
            whenEnded.accept(this);
        }
    }

    private void log(String line, boolean news) {
        synchronized (lastLines) {
            if (lastLines.size() == KEPT_LINES) {
                lastLines.remove();
            }
            lastLines.add(line);
        }
        if (news) {
            LOG.warn("{}", line);
        } else {
            LOG.debug("{}", line);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long upNanos() {
        return System.nanoTime() - startedAt;
    }

    /** Goes on after "it ended": its exit status and what it logged last. */
    String lastWords() {
        if (!process.isAlive()) {
            awaitLog();
        }
        synchronized (lastLines) {
            String status = process.isAlive() ? "" : " with exit status " + process.exitValue();
            return status + (lastLines.isEmpty() ? " and said nothing" : "; it said: " + String.join(" | ", lastLines));
        }
    }

    /** It may have ended before all that it said has been read. */
    private void awaitLog() {
        try {
            if (!logEnded.await(END_OF_LOG_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("php-fpm has ended, and somebody still holds its log open");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    void awaitEnd(long millis) {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets php-fpm read its configuration anew, and replace each worker when it has done what it does. */
    void reload() throws IOException {
        say("reload");
    }

    /** To the supervisor. */
    private void say(String word) throws IOException {
        process.getOutputStream().write((word + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    /** Lets php-fpm finish what its workers do, for so long; then closes the supervisor's pipe and waits until that has ended php-fpm. */
    void end(Duration grace) {
        ending = true;
        try {
            long left = grace.toMillis();
            do {
                say("quit");
                awaitEnd(Math.min(left, SAID_AGAIN_MILLIS));
                left -= SAID_AGAIN_MILLIS;
            } while (left > 0 && process.isAlive());
            process.getOutputStream().close();
        } catch (IOException closedAlready) {
            LOG.debug("php-fpm's supervisor is gone already", closedAlready);
        }
        awaitEnd(TimeUnit.SECONDS.toMillis(END_LIMIT_SECONDS));
        if (process.isAlive()) {
            LOG.warn("php-fpm did not end within {} s; its supervisor is killed", END_LIMIT_SECONDS);
            process.destroyForcibly();
        }
    }
}
