package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jettyphp.htaccess.Asked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single questions beside the tables of {@link ScriptResolverTest}. */
class ScriptResolverDetailsTest {

    @TempDir private static Path directory;
    private static SampleTree tree;

    @BeforeAll
    static void plantTheTree() throws IOException {
        tree = SampleTree.in(directory);
    }

    private static String outcome(String rawPath) {
        return Outcome.of(tree.resolver(null).resolve(rawPath, null, Asked.get("/")).decision(), tree.root());
    }

    @Test
    void anIndexThatIsNoScriptOfOursIsPassedOver() {
        ScriptSettings settings =
                new ScriptSettings(tree.root(), null, List.of("html"), true, List.of("index.php", "index.html"), null, null);
        assertEquals("run /both/index.html",
                Outcome.of(new ScriptResolver(settings, Access.STANDARD).resolve("/both/", null, Asked.get("/")).decision(), tree.root()));
        assertEquals("404",
                Outcome.of(new ScriptResolver(settings, Access.STANDARD).resolve("/dir/", null, Asked.get("/")).decision(), tree.root()));
    }

    @Test
    void theContextWithoutItsSlashIsRedirected() {
        assertEquals("redirect /", outcome(""));
    }

    @Test
    void rawControlCharactersAreRefused() {
        for (String raw : List.of("/x.php\n", "/x.php\r", "/x.php\0", "/index.php/a\nb", "/x.php\u0085", "/x.php\u2028", "/x.php\u2029",
                "/\u007f")) {
            assertEquals("400", outcome(raw), () -> raw.replace('\n', 'N'));
        }
    }

    @Test
    void whatAContainerCouldNotDecodeIsRefused() {
        assertEquals("400", outcome("/caf\uFFFD.php"));
        assertEquals("400", outcome("/x\uD800y"));
        assertEquals("400", outcome("/x\uDC00"));
        assertEquals("404", outcome("/x\uD83D\uDE00"));
    }

    @Test
    void namesThatAreTooLongDoNotExist() {
        assertEquals("404", outcome("/" + "n".repeat(300)));
        assertEquals("404!", outcome("/" + "n".repeat(300) + "/x.php"));
        assertEquals("404", outcome("/long".repeat(2000)));
        assertEquals("404", outcome("/self".repeat(2000)));
        assertEquals("run /index.php info=" + "/n".repeat(4000), outcome("/index.php" + "/n".repeat(4000)));
        assertEquals("run /index.php info=/" + "n".repeat(5000), outcome("/index.php/" + "n".repeat(5000)));
    }

    /** {@code /srv/wwwevil} begins with {@code /srv/www} and is not below it. */
    @Test
    void aNeighbourWhoseNameBeginsLikeTheRootsIsOutsideIt() {
        Decision decision = tree.resolver(null).resolve("/sibling/x.php", null, Asked.get("/")).decision();
        String reason = assertInstanceOf(Decision.Forbidden.class, decision).reason();
        assertTrue(reason.contains("its target is outside the document root " + tree.root() + "; "), reason);
    }

    @Test
    void aReasonNamesTheFileAndTheTargetOfALink() {
        Decision decision = tree.resolver(null).resolve("/out.php", null, Asked.get("/")).decision();
        String reason = assertInstanceOf(Decision.Forbidden.class, decision).reason();
        assertEquals(tree.root() + "/out.php leads to " + tree.root().resolveSibling("outside.php")
                + ": its target is outside the document root "
                + tree.root() + "; if links may lead there, add its directory to allowedRoots", reason);
    }

    @Test
    void aReasonRepeatsNothingOfAnUnusablePath() {
        for (String raw : List.of("/a\n2026 INFO forged", "/%0aforged", "/forged%", "/../forged", "/forged%E9")) {
            String reason =
                    assertInstanceOf(Decision.BadRequest.class, tree.resolver(null).resolve(raw, null, Asked.get("/")).decision()).reason();
            assertTrue(!reason.contains("forged") && reason.chars().noneMatch(Character::isISOControl), reason);
        }
    }

    @Test
    void theQueryIsLeftAlone() {
        assertEquals("run /x.php", Outcome.of(tree.resolver(null).resolve("/x.php", "a=x|y", Asked.get("/")).decision(), tree.root()));
    }
}
