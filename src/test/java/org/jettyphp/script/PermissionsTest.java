package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jettyphp.htaccess.Asked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this process may not see; root may see everything, so these need another user. */
class PermissionsTest {

    @TempDir private Path directory;
    private SampleTree tree;

    @BeforeEach
    void plantTheTree() throws IOException {
        tree = SampleTree.in(directory);
        mode("style.css", "---------");
        mode("x.php", "---------");
        mode("dir", "---------");
        mode("static", "rw-r--r--");
        assumeFalse(Files.isReadable(tree.root().resolve("style.css")), "this user may read everything");
    }

    @AfterEach
    void openAgain() throws IOException {
        mode("dir", "rwxr-xr-x");
        mode("static", "rwxr-xr-x");
    }

    private void mode(String name, String permissions) throws IOException {
        Files.setPosixFilePermissions(tree.root().resolve(name), PosixFilePermissions.fromString(permissions));
    }

    private String outcome(String rawPath) {
        return Outcome.of(tree.resolver("/index.php").resolve(rawPath, null, Asked.get("/")).decision(), tree.root());
    }

    @Test
    void aPlainFileThatWeMayNotReadIsForbidden() {
        assertEquals("403", outcome("/style.css"));
        assertEquals("403", outcome("/in.css"));
    }

    @Test
    void aScriptThatWeMayNotReadRunsSinceFpmsUserDecides() {
        assertEquals("run /x.php", outcome("/x.php"));
        assertEquals("run /in.php is /x.php", outcome("/in.php"));
    }

    @Test
    void aDirectoryThatWeMayNotEnterIsForbiddenAndNotCalledMissing() {
        assertEquals("403", outcome("/dir/"));
        assertEquals("403", outcome("/dir/page.php"));
        assertEquals("403", outcome("/dir/missing/deep"));
        assertEquals("403", outcome("/indir/page.php"));
        assertEquals("403", outcome("/static/a.txt"));
        assertEquals("403", outcome("/static/"));
    }

    @Test
    void besideThemEverythingIsAsUsual() {
        assertEquals("run /index.php", outcome("/pretty"));
        assertEquals("send /photo.jpg", outcome("/photo.jpg"));
    }
}
