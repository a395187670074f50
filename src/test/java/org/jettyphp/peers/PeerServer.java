package org.jettyphp.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server of another make, in the foreground, with a directory of its own for its configuration and log. Ended by its process id.
 *
 * @param ports where it listens
 * @param log what it writes besides its output
 */
public record PeerServer(String name, Path directory, Process process, List<Integer> ports, Path log) implements AutoCloseable {

    static PeerServer start(String name, Path directory, List<String> command, List<Integer> ports, Path log) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile()).start();
        PeerServer server = new PeerServer(name, directory, process, List.copyOf(ports), log);
        try {
            Until.true_(name + " listens", server::listens);
        } catch (Exception | AssertionError failed) {
            server.close();
            throw failed;
        }
        return server;
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended: " + Files.readString(directory.resolve("output")) + logged());
        }
        return ports.stream().allMatch(RealFpm::listens);
    }

    /** In the order in which they were configured. */
    public int port(int index) {
        return ports.get(index);
    }

    public String logged() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Trees.delete(directory);
    }
}
