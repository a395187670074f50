package org.jettyphp.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolDirectoryTest {

    @TempDir Path parent;

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private Path deadProcessesDirectory() throws IOException {
        Path left = Files.createDirectory(parent.resolve("jetty-php-fpm-spool-1-x"));
        Files.writeString(left.resolve("a.body"), "left behind");
        return left;
    }

    @Test
    void onlyItsUserCanEnterItAndItGoesWithTheProcess() throws Exception {
        try (SpoolDirectory directory = SpoolDirectory.create(parent)) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())));
        }
        assertEquals(List.of(), names());
    }

    @Test
    void whatADeadProcessHasLeftIsRemoved() throws Exception {
        Files.createFile(deadProcessesDirectory().resolve("lock"));
        try (SpoolDirectory ours = SpoolDirectory.create(parent)) {
            assertEquals(List.of(ours.path().getFileName().toString()), names());
        }
    }

    @Test
    void whatHasNoLockYetMayBeAProcessThatStarts() throws Exception {
        Path left = deadProcessesDirectory();
        SpoolDirectory.create(parent).close();
        assertTrue(Files.exists(left));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(120)));
        SpoolDirectory.create(parent).close();
        assertFalse(Files.exists(left));
    }

    private Process start(Class<?> main) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), main.getName(), parent.toString()).inheritIO().start();
    }

    @Test
    void processesThatStartTogetherLeaveEachOtherAlone() throws Exception {
        Process one = start(Starter.class);
        Process other = start(Starter.class);
        try {
            assertEquals(0, one.waitFor());
            assertEquals(0, other.waitFor());
        } finally {
            one.destroyForcibly().waitFor();
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void aLivingProcessKeepsItsDirectoryUntilItIsKilled() throws Exception {
        Process other = start(Holder.class);
        try {
            Until.true_("it has its directory", () -> names().size() == 1 && Files.exists(parent.resolve(names().get(0)).resolve("ready")));
            String theirs = names().get(0);
            SpoolDirectory.create(parent).close();
            assertEquals(List.of(theirs), names());
            other.destroyForcibly().waitFor();
            SpoolDirectory.create(parent).close();
            assertEquals(List.of(), names());
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** A process that starts again and again. */
    static final class Starter {
        public static void main(String[] arguments) throws Exception {
            for (int i = 0; i < 2000; i++) {
                SpoolDirectory.create(Path.of(arguments[0])).close();
            }
        }
    }

    /** A process that has a spool directory and does nothing. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            SpoolDirectory directory = SpoolDirectory.create(Path.of(arguments[0]));
            Files.createFile(directory.path().resolve("ready"));
            System.in.read();
            Thread.currentThread().join();
        }
    }
}
