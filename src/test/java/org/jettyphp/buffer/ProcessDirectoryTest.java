package org.jettyphp.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

class ProcessDirectoryTest {

    @TempDir Path parent;

    private static ProcessDirectory create(Path parent) throws IOException {
        return ProcessDirectory.create(parent, "jetty-php-fpm-test-", dead -> false);
    }

    private ProcessDirectory create() throws IOException {
        return create(parent);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private Path deadProcessesDirectory() throws IOException {
        Path left = Files.createDirectory(parent.resolve("jetty-php-fpm-test-1-x"));
        Files.writeString(left.resolve("a.body"), "left behind");
        return left;
    }

    @Test
    void onlyItsUserCanEnterItAndItGoesWithTheProcess() throws Exception {
        try (ProcessDirectory directory = create()) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())));
        }
        assertEquals(List.of(), names());
    }

    @Test
    void whatHasBeenCleanedAwayIsMadeAgain() throws Exception {
        try (ProcessDirectory directory = create()) {
            Files.delete(directory.path().resolve("lock"));
            directory.restore();
            Files.delete(directory.path().resolve("lock"));
            Files.delete(directory.path());
            directory.restore();
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())));
            assertTrue(Files.exists(directory.path().resolve("lock")));
        }
        assertEquals(List.of(), names());
    }

    @Test
    void whatSomebodyHasPutInItsPlaceIsNotUsed() throws Exception {
        Path theirs = Files.createDirectory(parent.resolve("theirs"));
        try (ProcessDirectory directory = create()) {
            Files.delete(directory.path().resolve("lock"));
            Files.delete(directory.path());
            Files.createSymbolicLink(directory.path(), theirs);
            assertThrows(IOException.class, directory::restore);
            Files.delete(directory.path());
        }
    }

    @Test
    void whatADeadProcessHasLeftIsRemoved() throws Exception {
        Files.createFile(deadProcessesDirectory().resolve("lock"));
        try (ProcessDirectory ours = create()) {
            assertEquals(List.of(ours.path().getFileName().toString()), names());
        }
    }

    @Test
    void whatHasNoLockYetMayBeAProcessThatStarts() throws Exception {
        Path left = deadProcessesDirectory();
        create().close();
        assertTrue(Files.exists(left));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(120)));
        create().close();
        assertFalse(Files.exists(left));
    }

    /** In a container they have all the same number. */
    @Test
    void aDeadProcessMayHaveHadOurNumber() throws Exception {
        Path left = Files.createDirectory(parent.resolve("jetty-php-fpm-test-" + ProcessHandle.current().pid() + "-0-x"));
        Files.createFile(left.resolve("lock"));
        try (ProcessDirectory ours = create(); ProcessDirectory more = create()) {
            assertFalse(Files.exists(left));
            assertTrue(Files.exists(ours.path()) && Files.exists(more.path()));
        }
    }

    @Test
    void whatIsStillNeededByOthersStays() throws Exception {
        Path left = deadProcessesDirectory();
        Files.createFile(left.resolve("lock"));
        ProcessDirectory.create(parent, "jetty-php-fpm-test-", left::equals).close();
        assertTrue(Files.exists(left.resolve("a.body")));
    }

    /** In a directory where everybody can write, a root that follows it would empty whatever somebody likes. */
    @Test
    void aLinkOfTheSameNameIsNotFollowed() throws Exception {
        Path precious = Files.createDirectory(parent.resolve("precious"));
        Files.createFile(precious.resolve("lock"));
        Files.setLastModifiedTime(precious, FileTime.from(Instant.now().minusSeconds(120)));
        Files.createSymbolicLink(parent.resolve("jetty-php-fpm-test-1-x"), precious);
        create().close();
        assertTrue(Files.exists(precious.resolve("lock")));
    }

    @Test
    void aDirectoryOfAnotherUserIsNotOurs() throws Exception {
        assumeTrue(Files.getOwner(parent).getName().equals("root"), "only root can give a directory away");
        Path left = deadProcessesDirectory();
        Files.createFile(left.resolve("lock"));
        Files.setOwner(left, left.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        create().close();
        assertTrue(Files.exists(left));
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
            create().close();
            assertEquals(List.of(theirs), names());
            other.destroyForcibly().waitFor();
            create().close();
            assertEquals(List.of(), names());
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** A process that starts again and again. */
    static final class Starter {
        public static void main(String[] arguments) throws Exception {
            for (int i = 0; i < 2000; i++) {
                create(Path.of(arguments[0])).close();
            }
        }
    }

    /** A process that has a directory and does nothing. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            ProcessDirectory directory = create(Path.of(arguments[0]));
            Files.createFile(directory.path().resolve("ready"));
            System.in.read();
            Thread.currentThread().join();
        }
    }
}
