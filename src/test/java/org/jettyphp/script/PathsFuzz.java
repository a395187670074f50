package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jettyphp.htaccess.Asked;
import org.jettyphp.peers.Trees;

/** Whatever the path: a decision in time, and never a file that must not be used. A path's first byte chooses among the settings. */
class PathsFuzz {

    private static final SampleTree TREE = plant();
    private static final Path ROOT = TREE.root();
    private static final Path SHARE = ROOT.resolveSibling("outside");

    private static final List<ScriptResolver> RESOLVERS = List.of(TREE.resolver(null), TREE.resolver("/index.php$path?q=$path"),
            new ScriptResolver(TREE.settings("/index.php"), Access.with(Map.of("allowedRoots", SHARE.toString(), "noExec", "/dir"))));

    private static SampleTree plant() {
        try {
            Path directory = Trees.create();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            return SampleTree.in(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path directory) {
        try {
            Trees.delete(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @FuzzTest(maxDuration = "12s")
    void aDecisionIsSafe(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        String path = new String(bytes, 1, bytes.length - 1, (bytes[0] & 4) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        int chosen = (bytes[0] & 3) % RESOLVERS.size();
        Decision decision = RESOLVERS.get(chosen).resolve(path, (bytes[0] & 8) == 0 ? null : "a=1", Asked.get("/")).decision();
        check(decision, chosen);
    }

    private static void check(Decision decision, int chosen) {
        if (decision instanceof Decision.RunScript run) {
            usable(run.file(), chosen);
            assertTrue(run.filename().endsWith(".php"), run.filename());
            assertTrue(run.scriptName().startsWith("/") && run.scriptName().endsWith(".php"), run.scriptName());
            assertFalse(chosen == 2 && run.file().startsWith(ROOT.resolve("dir")), "noExec: " + run.file());
            harmless(run.scriptName());
            harmless(run.pathInfo() == null ? "" : run.pathInfo());
        } else if (decision instanceof Decision.ServeFile send) {
            usable(send.file(), chosen);
            assertFalse(new ScriptNames(List.of("php")).looksLikeScript(send.file().getFileName().toString()), send.toString());
        } else if (decision instanceof Decision.Redirect redirect) {
            assertTrue(redirect.location().matches("/|/[^/\\\\].*[^/]/|/[^/\\\\]/"), redirect.location());
            harmless(redirect.location());
        }
    }

    /** Inside a root, for real, a regular file, and none of what is never served. */
    private static void usable(Path file, int chosen) {
        try {
            assertTrue(file.equals(file.toRealPath()) && Files.isRegularFile(file), file.toString());
        } catch (IOException missing) {
            throw new AssertionError(file + " was decided for, and there is none", missing);
        }
        assertTrue(file.startsWith(ROOT) || chosen == 2 && file.startsWith(SHARE), file + " is outside");
        for (Path name : file.startsWith(ROOT) ? ROOT.relativize(file) : SHARE.relativize(file)) {
            assertFalse(ServingPolicy.isPrivate(name.toString()) || name.toString().startsWith("."), file.toString());
        }
    }

    private static void harmless(String text) {
        assertTrue(text.chars().noneMatch(c -> c < ' ' || c == 0x7F), () -> "a control character in " + text);
    }
}
