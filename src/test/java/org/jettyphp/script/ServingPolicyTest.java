package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jettyphp.config.SettingsException;
import org.jettyphp.htaccess.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody gets, what does not run, and where links may lead, by decisions. */
class ServingPolicyTest {

    @TempDir private Path directory;
    private Path base;
    private Path root;

    @BeforeEach
    void plant() throws IOException {
        base = directory.toRealPath();
        root = base.resolve("www");
        for (String file : List.of("index.php", "uploads/evil.php", "uploads/photo.jpg", "vendor/autoload.php", "vendor/a/b/run.php",
                "vendor/a/style.css", "lib/vendor/own.php", "private/a.txt", "private/open/b.txt", ".well-known/acme", ".well-known/.env",
                "page.inc", "sub/dump.sql", "sub/DUMP.SQL", "old.bak/a.txt", "down/list.sql", "down/list.sql.gz", "vendor/dir/index.php")) {
            write(root.resolve(file));
        }
        for (String file : List.of("share/lib.js", "share/.secret", "share/tool.php", "other/x.txt")) {
            write(base.resolve(file));
        }
        Files.createSymbolicLink(root.resolve("share"), Path.of("../share"));
        Files.createSymbolicLink(root.resolve("tool.php"), Path.of("../share/tool.php"));
        Files.createSymbolicLink(root.resolve("secret.txt"), Path.of("../share/.secret"));
        Files.createSymbolicLink(root.resolve("x.txt"), Path.of("../other/x.txt"));
        Files.createSymbolicLink(root.resolve("run.php"), Path.of("uploads/evil.php"));
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    private Decision decide(String path, @Nullable String fallback, String... settings) {
        ScriptSettings scripts = new ScriptSettings(root, null, List.of("php"), true, List.of("index.php"), fallback, null);
        Map<String, String> given = settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]);
        return new ScriptResolver(scripts, Access.with(given)).resolve(path, null, Asked.get("/")).decision();
    }

    private String outcome(String path, String... settings) {
        return Outcome.of(decide(path, null, settings), root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.env", "/a/.git/config", "/.htaccess", "/.user.ini", "/.well-known/.env", "/index.php~", "/x.bak", "/x.orig",
            "/x.save", "/.x.swp", "/x.swp", "/x.old", "/old.bak/a.txt", "/%23x%23", "/page.inc", "/composer.json", "/a/composer.lock",
            "/package.json", "/sub/dump.sql", "/sub/DUMP.SQL", "/x.sqlite", "/debug.log", "/prod.env", "/WEB-INF/web.xml",
            "/meta-inf/MANIFEST.MF", "/vendor/autoload.php", "/vendor/a/b/run.php", "/vendor/autoload.php/info", "/VENDOR/autoload.php",
            "/vendor/dir/", "/x.phps", "/x.phtml", "/sub/dump.sql;x", "/sub/dump%2Esql", "/sub/./dump.sql", "/sub//dump.sql",
            "/sub/dump.sql%2F"})
    void someThingsAreForNobody(String path) {
        assertEquals("404!", outcome(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/acme", "/vendor/a/style.css", "/uploads/photo.jpg", "/private/a.txt"})
    void mostThingsAreNot(String path) {
        assertEquals("send " + path, outcome(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sub/dump.sql.gz", "/sub/DUMP.SQL.BR", "/debug.log.zst", "/composer.lock.xz", "/prod.env.zip",
            "/.well-known/x.sql.bz2"})
    void aCompressedCopyIsAsPrivateAsTheFile(String path) {
        assertEquals("404!", outcome(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.sql", "*.sql.gz", "/down/list.sql.gz", "/down/list.sql", "/down"})
    void aCompressedCopyIsAllowedByEitherName(String allowed) {
        assertEquals("send /down/list.sql.gz", outcome("/down/list.sql.gz", "allow", allowed));
    }

    @Test
    void aVendorDirectoryIsPrivateAtTheTopOnly() {
        assertEquals("run /lib/vendor/own.php", outcome("/lib/vendor/own.php"));
    }

    @Test
    void theListCanBeExtended() {
        assertEquals("404!", outcome("/private/a.txt", "deny", "/private *.jpg"));
        assertEquals("404!", outcome("/uploads/photo.jpg", "deny", "/private *.jpg"));
        assertEquals("404!", outcome("/sub/dump.sql", "deny", "/private *.jpg"), "what is denied by default stays so");
    }

    @Test
    void theListCanBeReduced() {
        assertEquals("send /sub/dump.sql", outcome("/sub/dump.sql", "allow", "*.sql"));
        assertEquals("send /down/list.sql", outcome("/down/list.sql", "allow", "/down"));
        assertEquals("404!", outcome("/sub/dump.sql", "allow", "/down"));
        assertEquals("run /vendor/a/b/run.php", outcome("/vendor/a/b/run.php", "allow", "/vendor/a"));
        assertEquals("404!", outcome("/WEB-INF/web.xml", "allow", "web-inf"), "never");
    }

    @Test
    void aNameThatIsAllowedDoesNotStandForWhatIsBelowIt() {
        assertEquals("404!", outcome("/.well-known/.env", "allow", ".well-known"));
    }

    @Test
    void withAFallbackNamesHideOnlyWhatIsThere() {
        assertEquals("404!", Outcome.of(decide("/sub/dump.sql", "/index.php"), root));
        assertEquals("run /index.php", Outcome.of(decide("/wiki/dump.sql", "/index.php"), root));
        assertEquals("run /index.php info=/dump.sql", outcome("/index.php/dump.sql"));
    }

    @Test
    void anEndingThatIsAScriptsIsNotDenied() {
        ScriptSettings scripts = new ScriptSettings(root, null, List.of("php", "inc"), true, List.of("index.php"), null, null);
        assertEquals("run /page.inc",
                Outcome.of(new ScriptResolver(scripts, Access.STANDARD).resolve("/page.inc", null, Asked.get("/")).decision(), root));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/vendor/autoload.php", "/WEB-INF/x.php", "/.hidden.php"})
    void aFallbackThatIsDeniedIsRefusedAtTheStart(String fallback) {
        String message = assertThrows(IllegalArgumentException.class, () -> decide("/", fallback)).getMessage();
        assertTrue(message.startsWith("fallback '" + fallback + "' is never served"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/uploads/evil.php", "/uploads/evil.php/info", "/UPLOADS/../uploads/evil.php", "/run.php"})
    void whereNothingRunsNothingRuns(String path) {
        Decision decision = decide(path, "/index.php", "noExec", "/uploads");
        assertTrue(assertInstanceOf(Decision.Forbidden.class, decision).reason().endsWith("(noExec)"), decision.toString());
    }

    @Test
    void whereNothingRunsFilesAreSent() {
        assertEquals("send /uploads/photo.jpg", outcome("/uploads/photo.jpg", "noExec", "/uploads"));
    }

    @Test
    void linksMayLeadToAllowedRoots() {
        String[] allowed = {"allowedRoots", base.resolve("share").toString()};
        assertEquals("send " + base + "/share/lib.js by link",
                outcome("/share/lib.js", allowed));
        assertEquals("run /tool.php is " + base + "/share/tool.php", outcome("/tool.php", allowed));
        assertEquals("403", outcome("/x.txt", allowed), "not all of them are");
        assertEquals("403", outcome("/secret.txt", allowed), "what is never served is so there too");
        assertEquals("404!", outcome("/share/.secret", allowed));
    }

    @Test
    void withoutAllowedRootsTheReasonNamesTheSetting() {
        String reason = assertInstanceOf(Decision.Forbidden.class, decide("/share/lib.js", null)).reason();
        assertTrue(reason.contains("add its directory to allowedRoots"), reason);
    }

    @Test
    void whatFpmKnowsByAnotherRootItGetsByTheNameBelowIt() {
        ScriptSettings scripts = new ScriptSettings(root, Path.of("/app"), List.of("php"), true, List.of("index.php"), null, null);
        FileSettings access = Access.with(Map.of("allowedRoots", base.resolve("share").toString()));
        Decision decision = new ScriptResolver(scripts, access).resolve("/tool.php", null, Asked.get("/")).decision();
        assertEquals("/app/tool.php", assertInstanceOf(Decision.RunScript.class, decision).filename());
    }

    @Test
    void badValuesAreRefusedByName() {
        for (String[] bad : new String[][] {{"allowedRoots", "share"}, {"noExec", "a/b"}, {"deny", "/a/../b"}, {"allow", "**"}}) {
            String message = assertThrows(SettingsException.class, () -> Access.with(Map.of(bad[0], bad[1]))).getMessage();
            assertTrue(message.contains(bad[0] + " has '" + bad[1] + "'"), message);
        }
    }
}
