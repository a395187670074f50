package org.jettyphp.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoLinksTest {

    @TempDir Path temporary;

    private Path root;

    @BeforeEach
    void makeFiles() throws IOException {
        root = Files.createDirectory(temporary.toRealPath().resolve("root"));
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/b/file.txt"), "content");
        Files.createSymbolicLink(root.resolve("a/linked"), root.resolve("a/b"));
        Files.createSymbolicLink(root.resolve("a/b/link.txt"), root.resolve("a/b/file.txt"));
    }

    private static String content(Path root, Path file) throws IOException {
        try (InputStream in = Channels.newInputStream(NoLinks.open(root, file))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void aFileIsOpenedBelowItsRootOrElsewhere() throws Exception {
        Path file = root.resolve("a/b/file.txt");
        assertEquals("content", content(root, file));
        assertEquals("content", content(root.resolve("a/b"), file));
        assertEquals("content", content(temporary.resolve("other"), file));
        assertEquals("content", content(file, file));
    }

    @Test
    void noLinkIsFollowedBelowTheRoot() throws Exception {
        for (String name : new String[] {"a/linked/file.txt", "a/b/link.txt", "a/none/file.txt", "a/b/none.txt", "a/b/file.txt/x"}) {
            assertThrows(IOException.class, () -> content(root, root.resolve(name)), name);
        }
        Path linked = Files.createSymbolicLink(temporary.resolve("current"), root);
        assertEquals("content", content(linked, linked.resolve("a/b/file.txt")));
    }

    /** Which matters to anybody but root. */
    @Test
    void aDirectoryThatMayOnlyBeEnteredIsNoHindrance() throws Exception {
        Files.setPosixFilePermissions(root.resolve("a"), PosixFilePermissions.fromString("--x------"));
        try {
            assertEquals("content", content(root, root.resolve("a/b/file.txt")));
            assertThrows(IOException.class, () -> content(root, root.resolve("a/b/link.txt")));
        } finally {
            Files.setPosixFilePermissions(root.resolve("a"), PosixFilePermissions.fromString("rwx------"));
        }
    }
}
