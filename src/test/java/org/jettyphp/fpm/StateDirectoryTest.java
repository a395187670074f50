package org.jettyphp.fpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {

    private static final Path APPLICATION = Path.of("/srv/app");

    @TempDir private Path temporary;

    private WorkerUser workers(String name) throws Exception {
        return new WorkerUser(Files.getOwner(temporary).getName(), name);
    }

    private Path create(String workers, Path home) throws Exception {
        return StateDirectory.create(APPLICATION, workers(workers), Map.of("XDG_STATE_HOME", home.toString()));
    }

    @Test
    void theSameApplicationFindsItsSessionsAgain() throws Exception {
        Path first = create("alice", temporary);
        assertEquals(first, create("alice", temporary));
        assertTrue(first.startsWith(temporary.resolve("jetty-php-fpm")));
        assertEquals("rwx--x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(first)));
    }

    /** Else the second server would take the first one's directories away, and find session files that it cannot read. */
    @Test
    void workersOfAnotherUserHaveADirectoryOfTheirOwn() throws Exception {
        assertNotEquals(create("alice", temporary), create("bob", temporary));
    }

    @Test
    void whereNoDirectoryCanBeMadeTheTemporaryOneServes() throws Exception {
        Path noDirectory = Files.createFile(temporary.resolve("file"));
        Path made = create("alice", noDirectory);
        assertEquals(made, create("alice", noDirectory));
        assertTrue(made.startsWith(System.getProperty("java.io.tmpdir")), made.toString());
        Files.delete(made);
    }
}
