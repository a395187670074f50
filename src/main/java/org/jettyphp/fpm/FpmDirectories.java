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

    private static final String OTHER_PLACE = "make room there, or name another directory with java -Djava.io.tmpdir=DIRECTORY";

    /** Below it a file of some lines may find no room, on a file system of large blocks. */
    private static final long LITTLE = 64 << 10;

    /** @param asked the user who is to run the workers */
    static FpmDirectories create(Path documentRoot, @Nullable String asked, Map<String, String> environment) throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        ProcessDirectory own;
        try {
            own = ProcessDirectory.create(parent, PREFIX, FpmDirectories::isListenedTo);
        } catch (IOException refused) {
            throw unusable(parent, refused);
        }
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

    /** Why there can be no private php-fpm, or no new configuration of one. */
    static PhpFpmException unusable(Path run, IOException cause) {
        return new PhpFpmException("there can be no socket and no pool file of a private php-fpm in " + run + " (" + cause + "); "
                + OTHER_PLACE, cause);
    }

    /** Goes on behind what a php-fpm that does not start has said. */
    String shortage() {
        long free = run().toFile().getUsableSpace();
        return free >= LITTLE ? "" : "; in " + run() + " are " + free + " bytes free: " + OTHER_PLACE;
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
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            user.own(directory);
            return directory;
        } catch (IOException refused) {
            throw new PhpFpmException(directory + " cannot be made (" + refused + "); " + StateDirectory.OTHER_PLACE, refused);
        }
    }

    Path run() {
        return own.path();
    }

    Path socket() {
        return run().resolve(SOCKET);
    }

    /** Of a pool beside the main one; no longer than {@link #socket()}, since the system cuts off a path of 108 bytes, up to the 9999th. */
    Path socket(int number) {
        return run().resolve("ini" + number);
    }

    Path statusSocket() {
        return run().resolve("status.sock");
    }

    /** Makes it again if it is gone. */
    void restoreRun() throws IOException {
        own.restore();
    }

    /** Removes what does not survive. */
    void removeRun() throws IOException {
        own.close();
    }
}
