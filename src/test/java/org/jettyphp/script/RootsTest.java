package org.jettyphp.script;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jettyphp.htaccess.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document root: a link that a deploy switches, and the same tree under two names. */
class RootsTest {

    @TempDir private Path directory;
    private Path base;

    @BeforeEach
    void twoReleases() throws IOException {
        base = directory.toRealPath();
        for (String file : List.of("releases/1/index.php", "releases/1/old.php", "releases/1/a.txt", "releases/2/index.php",
                "releases/2/a.txt")) {
            Files.createDirectories(base.resolve(file).getParent());
            Files.writeString(base.resolve(file), file);
        }
        Files.createSymbolicLink(base.resolve("releases/1/link.php"), Path.of("index.php"));
        Files.createSymbolicLink(base.resolve("releases/2/back.php"), Path.of("../1/old.php"));
        Files.createSymbolicLink(base.resolve("current"), Path.of("releases/1"));
    }

    private void deploy(String release) throws IOException {
        Files.deleteIfExists(base.resolve("next"));
        Files.createSymbolicLink(base.resolve("next"), Path.of("releases", release));
        Files.move(base.resolve("next"), base.resolve("current"), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private static ScriptResolver resolver(Path documentRoot, @Nullable Path scriptRoot) {
        return new ScriptResolver(new ScriptSettings(documentRoot, scriptRoot, List.of("php"), true, List.of("index.php"), null, null),
                Access.STANDARD);
    }

    private static Decision.RunScript run(ScriptResolver resolver, String path) {
        return assertInstanceOf(Decision.RunScript.class, resolver.resolve(path, null, Asked.get("/")).decision());
    }

    @Test
    void aDeployThatSwitchesTheLinkCountsFromTheNextRequest() throws IOException {
        ScriptResolver resolver = resolver(base.resolve("current"), null);
        assertEquals(base + "/releases/1/index.php", run(resolver, "/").filename());
        assertEquals(base + "/releases/1", run(resolver, "/").documentRoot());
        deploy("2");
        assertEquals(base + "/releases/2/index.php", run(resolver, "/").filename());
        assertEquals(base + "/releases/2", run(resolver, "/").documentRoot());
        assertInstanceOf(Decision.NotFound.class, resolver.resolve("/old.php", null, Asked.get("/")).decision());
    }

    @Test
    void aLinkIntoAnotherReleaseIsOutside() throws IOException {
        deploy("2");
        assertInstanceOf(Decision.Forbidden.class,
                resolver(base.resolve("current"), null).resolve("/back.php", null, Asked.get("/")).decision());
    }

    @Test
    void aDecisionNeverMixesTwoReleases() throws Exception {
        ScriptResolver resolver = resolver(base.resolve("current"), null);
        AtomicBoolean done = new AtomicBoolean();
        Thread deployer = new Thread(() -> {
            try {
                for (int i = 0; !done.get(); i++) {
                    deploy(i % 2 == 0 ? "2" : "1");
                }
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
        deployer.start();
        try {
            for (int i = 0; i < 3000; i++) {
                Decision.RunScript run = run(resolver, "/index.php");
                assertEquals(run.documentRoot() + "/index.php", run.filename());
            }
        } finally {
            done.set(true);
            deployer.join();
        }
    }

    @Test
    void aRootThatIsGoneIsNotFoundUntilItIsBack() throws IOException {
        ScriptResolver resolver = resolver(base.resolve("current"), null);
        Files.delete(base.resolve("current"));
        assertInstanceOf(Decision.NotFound.class, resolver.resolve("/index.php", null, Asked.get("/")).decision());
        deploy("2");
        assertEquals(base + "/releases/2/index.php", run(resolver, "/index.php").filename());
    }

    @Test
    void equalRootsGiveTheRealNames() {
        Path current = base.resolve("current");
        for (Path scriptRoot : List.of(current, base.resolve("./current"), base.resolve("releases/../current"))) {
            Decision.RunScript run = run(resolver(current, scriptRoot), "/link.php/a");
            assertEquals(base + "/releases/1/index.php", run.filename());
            assertEquals(base + "/releases/1", run.documentRoot());
            assertEquals("/link.php", run.scriptName());
        }
    }

    @Test
    void anotherRootOverThereGetsThePathBelowOurRealRoot() {
        Decision.RunScript run = run(resolver(base.resolve("current"), Path.of("/srv/app")), "/link.php/a");
        assertEquals("/srv/app/index.php", run.filename());
        assertEquals("/srv/app", run.documentRoot());
        assertEquals("/link.php", run.scriptName());
        assertEquals(base.resolve("releases/1/index.php"), run.file());
        assertEquals("/index.php", run(resolver(base.resolve("current"), Path.of("/")), "/").filename());
    }

    @Test
    void aRelativeDocumentRootIsBelowTheCurrentDirectory() {
        Path relative = Path.of("").toAbsolutePath().relativize(base.resolve("releases/1"));
        assertEquals(base + "/releases/1/index.php", run(resolver(relative, null), "/").filename());
    }

    @Test
    void theWholeFileSystemCanBeTheRoot() {
        assertEquals(base + "/releases/1/index.php", run(resolver(Path.of("/"), null), base + "/releases/1/").filename());
        assertTrue(resolver(Path.of("/"), null).resolve("/", null, Asked.get("/")).decision() instanceof Decision.NotFound);
    }
}
