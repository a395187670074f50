package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jettyphp.htaccess.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the path: an answer, never an exception, and never a file that must not be used. Seeds are fixed; a failure names the path. */
class RandomPathsTest {

    private static final int PATHS = 20_000;
    private static final List<String> PIECES = List.of("/", "/", "/", "/", "//", ".", "..", "/../", "/./", "%2e", "%2E%2e", "%2f", "%2F",
            "%5c", "\\", ";", ";x=1", "%3b", "%00", "%0a", "%", "%c0%af", "%C3%A4", "ä", "%25", "%2541", "?", "#", " ", "%20", ":",
            "::$DATA", "~", "$path", "+", "&", "\n", "\uD800", "index.php", "x.php", "X.PHP", "page.phtml", "style.css", "srclink.txt",
            "in.php", "out.php", "out.txt", "outdir", "a.txt", "indir", "dir", "page.php", "lib.php", "run.php", "WEB-INF", "web.xml",
            "web-inf", "META-INF", "self", "loop", "dangling.php", "uploads", "evil.jpg", "static", "index.html", "empty", "sibling",
            "outside", "outside.txt", "etc", "passwd", "missing", "pretty", ".php", "php", "semi", "colon.txt", "outindex", "text.php");

    @TempDir private Path directory;
    private SampleTree tree;

    @BeforeEach
    void plantTheTree() throws IOException {
        tree = SampleTree.in(directory);
    }

    private static String randomPath(Random random) {
        StringBuilder path = new StringBuilder(random.nextInt(20) == 0 ? "" : "/");
        for (int count = random.nextInt(9); count > 0; count--) {
            int kind = random.nextInt(40);
            path.append(kind == 0 ? String.format("%%%02x", random.nextInt(256))
                    : kind == 1 ? String.valueOf((char) random.nextInt(0x300)) : PIECES.get(random.nextInt(PIECES.size())));
        }
        return path.toString();
    }

    @Test
    void everyPathGetsADecisionThatIsSafe() throws IOException {
        for (String fallback : new @Nullable String[] {null, "/index.php$path?q=$path"}) {
            ScriptResolver resolver = tree.resolver(fallback);
            Random random = new Random(20261124);
            for (int i = 0; i < PATHS; i++) {
                String path = randomPath(random);
                try {
                    check(resolver.resolve(path, random.nextBoolean() ? "a=1" : null, Asked.get("/")).decision());
                } catch (RuntimeException | AssertionError wrong) {
                    throw new AssertionError("path " + i + " with fallback " + fallback + ": " + PercentCode.encode(path), wrong);
                }
            }
        }
    }

    private void check(Decision decision) throws IOException {
        if (decision instanceof Decision.RunScript run) {
            usable(run.file());
            assertTrue(run.filename().endsWith(".php"));
            assertEquals(run.file().toString(), run.filename());
            assertTrue(run.scriptName().startsWith("/") && run.scriptName().endsWith(".php") && !run.scriptName().contains("//"));
            assertTrue(run.pathInfo() == null || run.pathInfo().startsWith("/") && harmless(run.pathInfo()), run.toString());
            assertTrue(run.query() == null || run.query().text().chars().allMatch(c -> c > ' ' && c < 127), run.toString());
        } else if (decision instanceof Decision.ServeFile send) {
            usable(send.file());
            assertFalse(new ScriptNames(List.of("php")).looksLikeScript(send.file().getFileName().toString()));
            assertTrue(harmless(send.path()));
        } else if (decision instanceof Decision.Redirect redirect) {
            assertTrue(redirect.location().matches("/|/[^/\\\\].*[^/]/|/[^/\\\\]/"), redirect.location());
            assertTrue(harmless(redirect.location()));
        }
    }

    private void usable(Path file) throws IOException {
        assertTrue(Files.isRegularFile(file) && file.equals(file.toRealPath()) && file.startsWith(tree.root()), file.toString());
        assertFalse(tree.root().relativize(file).toString().toUpperCase(Locale.ROOT).contains("-INF"), file.toString());
    }

    private static boolean harmless(String path) {
        return !path.contains("//") && !path.contains("/../") && !path.contains("/./") && !path.endsWith("/..") && !path.endsWith("/.")
                && path.chars().noneMatch(Character::isISOControl);
    }

    @Test
    void withoutFilesHereTheNameStaysBelowTheRootToo() {
        Path there = Path.of("/srv/php");
        ScriptResolver resolver = new ScriptResolver(
                new ScriptSettings(null, there, List.of("php"), false, List.of("index.php"), "/index.php$path", null), Access.STANDARD);
        Random random = new Random(42);
        for (int i = 0; i < PATHS; i++) {
            String path = randomPath(random);
            if (resolver.resolve(path, null, Asked.get("/")).decision() instanceof Decision.RunScript run) {
                assertEquals(there + run.scriptName(), run.filename());
                assertEquals(run.filename(), run.file().normalize().toString(), () -> PercentCode.encode(path));
                assertTrue(run.file().startsWith(there) && run.filename().endsWith(".php") && harmless(run.scriptName()));
                assertTrue(run.pathInfo() == null || harmless(run.pathInfo()), run.toString());
            }
        }
    }

    @Test
    void theSamplesReachEveryKindOfDecision() {
        Random random = new Random(20261124);
        ScriptResolver resolver = tree.resolver(null);
        List<String> kinds =
                Stream.generate(() -> resolver.resolve(randomPath(random), null, Asked.get("/")).decision().getClass().getSimpleName())
                        .limit(PATHS).distinct().sorted().toList();
        assertEquals(List.of("BadRequest", "Forbidden", "NotFound", "Redirect", "RunScript", "ServeFile"), kinds);
    }
}
