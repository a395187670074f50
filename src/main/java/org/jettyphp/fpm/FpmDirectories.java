package org.jettyphp.fpm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a private php-fpm keeps things.
 *
 * @param run private to this process and gone with it: the pool file, the socket
 * @param sessions survives a restart, so that nobody is logged out by one
 * @param uploads beside the sessions
 */
record FpmDirectories(Path run, Path state, Path sessions, Path uploads) {

    static FpmDirectories create(Path run, Path documentRoot, WorkerUser user, Map<String, String> environment) throws IOException {
        Path state = StateDirectory.create(documentRoot, user, environment);
        return new FpmDirectories(run, state, forWorkers(state.resolve("sessions"), user), forWorkers(state.resolve("uploads"), user));
    }

    private static Path forWorkers(Path directory, WorkerUser user) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        user.own(directory);
        return directory;
    }

    /** Removes what does not survive. */
    void removeRun() throws IOException {
        if (!Files.exists(run)) {
            return;
        }
        try (Stream<Path> all = Files.list(run)) {
            for (Path file : all.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(run);
    }
}
