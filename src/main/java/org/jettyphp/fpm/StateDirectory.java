package org.jettyphp.fpm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the directory that survives a restart: one for each application and user of the workers, whose files no other user could read. */
final class StateDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);
    static final String OTHER_PLACE = "make room there, or name another directory for what survives a restart with XDG_STATE_HOME";

    private static final String NAME = "jetty-php-fpm";

    private StateDirectory() {}

    static Path create(Path documentRoot, WorkerUser user, Map<String, String> environment) throws IOException {
        Path base = base(user, environment, System.getProperty("user.home"));
        String application = digest(documentRoot + "\n" + user.workers());
        try {
            return passable(base.resolve(NAME).resolve(application));
        } catch (IOException unusable) {
            // A service without a home (/nonexistent), a container whose root is read-only.
            Path instead = temporary(user);
            LOG.warn("Sessions and uploads are kept in {}, because {} cannot be made ({}); name another place with XDG_STATE_HOME",
                    instead, base.resolve(NAME), unusable.toString());
            return passable(instead.resolve(application));
        }
    }

    /** By the XDG base directory specification, relative paths in the variable count for nothing. */
    private static Path base(WorkerUser user, Map<String, String> environment, String home) {
        String named = environment.getOrDefault("XDG_STATE_HOME", "");
        if (named.startsWith("/")) {
            return Path.of(named);
        }
        // A user whom the system does not know has the home "?" in Java.
        return user.own().equals("root") ? Path.of("/var/lib") : Path.of("/").resolve(home).resolve(".local/state");
    }

    /** Everybody can write where it lies: it must be ours already, or be made by us. */
    private static Path temporary(WorkerUser user) throws IOException {
        Path place = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().resolve(NAME + "-state-" + user.own());
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        }
        boolean ours = Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(place, LinkOption.NOFOLLOW_LINKS).getName().equals(user.own());
        if (!ours) {
            throw new PhpFpmException(place + " belongs to somebody else; name another place with XDG_STATE_HOME");
        }
        return place;
    }

    /** The workers, who may be others than we, go through it to their own directories. */
    private static Path passable(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
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
}
