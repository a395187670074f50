package org.jettyphp.fpm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        Path base = user.own().equals("root") ? Path.of("/var/lib")
                : environment.get("XDG_STATE_HOME") != null ? Path.of(environment.get("XDG_STATE_HOME"))
                : Path.of(System.getProperty("user.home"), ".local", "state");
        Path state = base.resolve("jetty-php-fpm").resolve(digest(documentRoot.toString()));
        Files.createDirectories(state);
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx--x--x"));
        return new FpmDirectories(run, state, forWorkers(state.resolve("sessions"), user), forWorkers(state.resolve("uploads"), user));
    }

    private static Path forWorkers(Path directory, WorkerUser user) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        user.own(directory);
        return directory;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
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
