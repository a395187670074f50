package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jettyphp.htaccess.Additions;
import org.jettyphp.htaccess.Asked;
import org.jettyphp.htaccess.Htaccess;
import org.jettyphp.script.Decision.Refused;
import org.jettyphp.script.Decision.RunScript;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a URL has led just now it leads again, and a change counts from the next request on. */
class KnownScriptsTest {

    private static final String URL = "/dir/page.php";

    @TempDir private Path directory;
    private Path root;
    private Path script;
    private ScriptResolver resolver;
    private long now;

    @BeforeEach
    void plant() throws IOException {
        root = Files.createDirectory(directory.toRealPath().resolve("www"));
        script = Files.writeString(Files.createDirectory(root.resolve("dir")).resolve("page.php"), "<?php");
        resolver = new ScriptResolver(new ScriptSettings(root, null, List.of("php"), true, List.of("index.php"), null, null),
                Access.with(Map.of("htaccess", "true")));
        assertEquals("run " + URL, outcome());
        assertEquals("run " + URL, outcome());
    }

    private String outcome() {
        Decision decision = resolver.resolve(URL, null, Asked.get(URL)).decision();
        return decision instanceof Refused refused ? Integer.toString(refused.status()) : Outcome.of(decision, root);
    }

    @ParameterizedTest
    @CsvSource({"dir/.htaccess, Require all denied", ".htaccess, '<Files page.php>\nRequire all denied\n</Files>'"})
    void rulesOnItsWayCount(String name, String lines) throws IOException {
        Path rules = Files.writeString(root.resolve(name), lines);
        assertEquals("403", outcome());
        Files.delete(rules);
        assertEquals("run " + URL, outcome());
    }

    /** The same file, so nothing but its real path tells; what others remember of that may be a second old. */
    @Test
    void whatIsBehindALinkIsNotRemembered() throws IOException {
        KnownScripts known = new KnownScripts(null, () -> now);
        Files.move(root.resolve("dir"), directory.resolve("moved"));
        Files.createSymbolicLink(root.resolve("dir"), directory.toRealPath().resolve("moved"));
        known.remember(URL, UrlPath.decode(URL), root, run(URL));
        assertNull(known.find(URL, root));
    }

    @Test
    void whatIsGoneIsGone() throws IOException {
        Files.delete(script);
        assertEquals("404!", outcome());
        Files.createDirectory(script);
        assertEquals("redirect " + URL + "/", outcome());
    }

    @Test
    void aLinkInItsPlaceIsLookedInto() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside.php"), "<?php");
        Files.delete(script);
        Files.createSymbolicLink(script, outside);
        assertEquals("403", outcome());
    }

    @Test
    void aDirectoryOnTheWayThatBecomesALinkIsLookedInto() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("page.php"), "<?php // another");
        Files.move(root.resolve("dir"), root.resolve("old"));
        Files.createSymbolicLink(root.resolve("dir"), outside);
        assertEquals("403", outcome());
    }

    @Test
    void anotherFileInItsPlaceRuns() throws IOException {
        Path other = Files.writeString(directory.resolve("other.php"), "<?php");
        Files.move(other, script, StandardCopyOption.ATOMIC_MOVE);
        assertEquals("run " + URL, outcome());
    }

    private Resolution run(String name) {
        return Resolution.of(new RunScript(name, root + name, root.toString(), root.resolve(name.substring(1)), null, null, List.of()));
    }

    @Test
    void nothingIsRememberedForLongerThanASecond() {
        KnownScripts known = new KnownScripts(new Htaccess(), () -> now);
        known.remember(URL, UrlPath.decode(URL), root, run(URL));
        now = TimeUnit.SECONDS.toNanos(1) - 1;
        assertNotNull(known.find(URL, root));
        now++;
        assertNull(known.find(URL, root));
        now = 0;
        assertNull(known.find(URL, root), "it has been forgotten");
    }

    /** It was one when it was decided about, a moment ago. */
    @Test
    void whatIsNoFileAnyMoreIsNotRemembered() throws IOException {
        KnownScripts known = new KnownScripts(null, () -> now);
        Files.delete(script);
        Files.createDirectory(script);
        known.remember(URL, UrlPath.decode(URL), root, run(URL));
        assertNull(known.find(URL, root));
    }

    @Test
    void itBelongsToOneRoot() {
        KnownScripts known = new KnownScripts(null, () -> now);
        known.remember(URL, UrlPath.decode(URL), root, run(URL));
        assertNull(known.find(URL, root.resolveSibling("next")));
    }

    /** An index may be another file tomorrow, path info is without end, and what rules have added they may add otherwise. */
    @Test
    void onlyWhatItsNameAloneSaysIsRemembered() {
        KnownScripts known = new KnownScripts(null, () -> now);
        known.remember("/dir/", UrlPath.decode("/dir/"), root, run(URL));
        assertNull(known.find("/dir/", root));
        String longer = URL + "/info";
        known.remember(longer, UrlPath.decode(longer), root, Resolution.of(
                new RunScript(URL, script.toString(), root.toString(), script, "/info", null, List.of())));
        assertNull(known.find(longer, root));
        Additions some = new Additions(Map.of("A", "b"), List.of(), Map.of(), null, null, null, null);
        known.remember(URL, UrlPath.decode(URL), root, new Resolution(run(URL).decision(), some));
        assertNull(known.find(URL, root));
    }

    /** Of other spellings there is no end, and each would be kept. */
    @ParameterizedTest
    @ValueSource(strings = {"/dir//page.php", "/dir/./page.php", "/dir/page%2Ephp", "/dir/page.php;a=1", "/dir/page.php/"})
    void itIsRememberedByItsOwnSpellingAlone(String other) {
        KnownScripts known = new KnownScripts(null, () -> now);
        known.remember(other, UrlPath.decode(other), root, run(URL));
        assertNull(known.find(other, root));
    }

    @Test
    void thereIsALimit() throws IOException {
        KnownScripts known = new KnownScripts(null, () -> now);
        for (int i = 0; i <= PathMemory.MOST; i++) {
            Files.createFile(root.resolve(i + ".php"));
            String url = "/" + i + ".php";
            known.remember(url, UrlPath.decode(url), root, run(url));
        }
        assertNull(known.find("/0.php", root), "all but the last have been forgotten");
        assertNotNull(known.find("/" + PathMemory.MOST + ".php", root));
    }
}
