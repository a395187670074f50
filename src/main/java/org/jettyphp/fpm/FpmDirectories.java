package org.jettyphp.fpm;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jettyphp.buffer.ProcessDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Where a private php-fpm keeps things.
 *
 * @param own private to this process and gone with it: the pool file, the socket
 * @param user as whom the workers run
 * @param state survives a restart, and so what is in it
 * @param sessions survives, so that nobody is logged out by a restart
 * @param uploads beside the sessions
 */
record FpmDirectories(ProcessDirectory own, WorkerUser user, Path state, Path sessions, Path uploads) {

    private static final String PREFIX = "jetty-php-fpm-run-";
    private static final String SOCKET = "fpm.sock";

    /** @param asked the user who is to run the workers */
    static FpmDirectories create(Path documentRoot, @Nullable String asked, Map<String, String> environment) throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        ProcessDirectory own = ProcessDirectory.create(parent, PREFIX, FpmDirectories::isListenedTo);
        try {
            WorkerUser user = WorkerUser.choose(asked, own.path(), documentRoot);
            Path state = StateDirectory.create(documentRoot, user, environment);
            return new FpmDirectories(own, user, state, forWorkers(state.resolve("sessions"), user),
                    forWorkers(state.resolve("uploads"), user));
        } catch (IOException | RuntimeException refused) {
            own.close();
            throw refused;
        }
    }

    /** A php-fpm whose server has been killed is ended by its supervisor, which takes some moments and needs what is there. */
    private static boolean isListenedTo(Path directory) {
        Path socket = directory.resolve(SOCKET);
        if (!Files.exists(socket)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // A full backlog would hold up whoever waits.
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return true;
        } catch (ConnectException nobody) {
            return false;
        } catch (IOException unknown) {
            return true;
        }
    }

    private static Path forWorkers(Path directory, WorkerUser user) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        user.own(directory);
        return directory;
    }

    Path run() {
        return own.path();
    }

    Path socket() {
        return run().resolve(SOCKET);
    }

    Path statusSocket() {
        return run().resolve("status.sock");
    }

    /** Removes what does not survive. */
    void removeRun() throws IOException {
        own.close();
    }
}
