package org.jettyphp.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jettyphp.peers.RealFpm;

/** The process of a {@link ServerUnderSoak}, seen from inside and from outside. One thread. */
final class Watched implements AutoCloseable {

    private static final int END_SECONDS = 60;

    private final Path spool;
    private final Process process;
    private final BufferedReader said;
    private final OutputStream ask;
    private final int port;

    /**
     * How it is at a moment.
     *
     * @param heap bytes in use after a collection
     * @param direct bytes of direct memory
     * @param resident bytes that the process has of the machine's memory
     * @param descriptors files and sockets that are open
     * @param files in the directory for temporary files
     * @param busy slots in use
     * @param waiting requests in the queue
     * @param spooled bytes of bodies in memory and on disk
     * @param connections of clients
     * @param requests that are held until they end
     */
    record State(long heap, long direct, long resident, int threads, int descriptors, int files, int busy, int waiting, long spooled,
            int connections, int requests) {

        /** Nobody asks, and nothing is left. */
        boolean isAtRest() {
            return files == 0 && busy == 0 && waiting == 0 && spooled == 0 && connections == 0 && requests == 0;
        }
    }

    Watched(Path root, Path spool, RealFpm fpm, int workers, Path log) throws IOException {
        this.spool = spool;
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), ServerUnderSoak.class.getName(),
                root.toString(), spool.toString(), fpm.target(), Integer.toString(workers));
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        said = process.inputReader();
        ask = process.getOutputStream();
        port = Integer.parseInt(line());
    }

    private String line() throws IOException {
        String line = said.readLine();
        if (line == null) {
            throw new IOException("the server has ended");
        }
        return line;
    }

    int port() {
        return port;
    }

    State now() throws IOException {
        ask.write('\n');
        ask.flush();
        long[] inside = Arrays.stream(line().split(" ")).mapToLong(Long::parseLong).toArray();
        List<String> open = descriptors();
        return new State(inside[0], inside[1], resident(), (int) inside[2], open.size(), spoolFiles(open), (int) inside[3], (int) inside[4],
                inside[5], (int) inside[6], (int) inside[7]);
    }

    private long resident() throws IOException {
        String pages = Files.readString(Path.of("/proc/" + process.pid() + "/statm")).split(" ")[1];
        return Long.parseLong(pages) * 4096;
    }

    /** What the open descriptors are. */
    private List<String> descriptors() throws IOException {
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (Path one : all) {
                try {
                    open.add(Files.readSymbolicLink(one).toString());
                } catch (NoSuchFileException closedMeanwhile) {
                    continue;
                }
            }
        }
        return open;
    }

    /** Those with a name, and those that have none any more since they are to vanish with the process. */
    private int spoolFiles(List<String> open) throws IOException {
        long nameless = open.stream().filter(file -> file.startsWith(spool.toString()) && file.endsWith("(deleted)")).count();
        while (true) {
            try (Stream<Path> all = Files.walk(spool)) {
                return (int) (nameless + all.filter(file -> Files.isRegularFile(file) && !file.endsWith("lock")).count());
            } catch (UncheckedIOException anotherHasLostItsName) {
                continue;
            }
        }
    }

    @Override
    public void close() throws Exception {
        ask.close();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
