package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendableFilesTest {

    @TempDir Path temporary;

    private Path base;
    private SendableFiles files;

    @BeforeEach
    void makeFiles() throws IOException {
        base = temporary.toRealPath();
        for (String name : List.of("files/a.zip", "files/a b.txt", "files/100%.txt", "files/%41.txt", "files/A.txt", "files/päge.txt",
                "files/dump.sql", "files/.env", "files/x.php", "files/y.PHP", "files/z.phtml", "files/WEB-INF/web.xml", "files/ours.conf",
                "files/q?m.txt", "inner/deep/b.bin", "inner-not/c.txt", "deeper/d.txt", "other/secret.txt")) {
            Path file = base.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
        Files.createSymbolicLink(base.resolve("files/out.txt"), base.resolve("other/secret.txt"));
        Files.createSymbolicLink(base.resolve("files/source.txt"), base.resolve("files/x.php"));
        Files.createSymbolicLink(base.resolve("files/in.bin"), base.resolve("inner/deep/b.bin"));
        files = with(
                Map.of("sendfileRoots", base.resolve("files").toString(), "internalLocation./protected/", base.resolve("inner").toString(),
                        "internalLocation./protected/deep/er", base.resolve("deeper").toString()));
    }

    private SendableFiles with(Map<String, String> settings) {
        return new SendableFiles(Access.with(settings),
                new ScriptSettings(base, null, List.of("php"), true, List.of("index.php"), null, null),
                List.of(base.resolve("files/ours.conf")));
    }

    /** As a header brings it: a char for each byte. */
    private SendableFiles.Found find(String value, boolean url) {
        return files.find(new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1), url);
    }

    @ParameterizedTest
    @CsvSource({"a.zip, a.zip", "a b.txt, a b.txt", "a%20b.txt, a b.txt", "100%.txt, 100%.txt", "100%25.txt, 100%.txt",
            "%41.txt, %41.txt", "%2541.txt, %41.txt", "päge.txt, päge.txt", "p%C3%A4ge.txt, päge.txt", "dump.sql, dump.sql", ".env, .env",
            "q?m.txt, q?m.txt", "../files/a.zip, a.zip"})
    void aFileIsFoundByItsPathHoweverItIsWritten(String name, String found) {
        assertEquals(base.resolve("files").resolve(found), find(base + "/files/" + name, false).file());
    }

    @ParameterizedTest
    @CsvSource({"/protected/deep/b.bin, inner/deep/b.bin", "/protected/deep%2Fb.bin, inner/deep/b.bin",
            "/protected/deep/b.bin?x=1, inner/deep/b.bin", "/protected//deep/./b.bin, inner/deep/b.bin",
            "/protected/deep/er/d.txt, deeper/d.txt"})
    void aUrlIsLookedUpBehindTheLongestLocationThatFits(String url, String found) {
        assertEquals(base.resolve(found), find(url, true).file());
    }

    @Test
    void aUrlMayAlsoBeTheFilesOwnPathAndALinkMayLeadFromOnePlaceToAnother() {
        assertEquals(base.resolve("files/a.zip"), find(base + "/files/a.zip", true).file());
        assertEquals(base.resolve("inner/deep/b.bin"), find(base + "/files/in.bin", false).file());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/files/out.txt", "/files/source.txt", "/files/x.php", "/files/y.PHP", "/files/z.phtml",
            "/files/WEB-INF/web.xml",
            "/files/ours.conf", "/files/../other/secret.txt", "/files/%2e%2e/other/secret.txt", "/other/secret.txt", "/files", "/files/",
            "/files/missing", "/inner-not/c.txt", "/files/a.zip/", "/files/a.zip/x"})
    void whatMustNotBeSentIsNot(String path) {
        assertNull(find(base + path, false).file());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/protected", "/protected/", "/protectedx", "/protected/../other/secret.txt",
            "/protected/%2e%2e/other/secret.txt",
            "/protected/..%2fother/secret.txt", "protected/deep/b.bin", "@named", "/protected/deep/b.bin%00.txt", "/inner/deep/b.bin", "",
            "%zz"})
    void noUrlLeadsElsewhere(String url) {
        assertNull(find(url, true).file());
    }

    @Test
    void theReasonNamesTheSettingAndForgesNoLine() {
        assertTrue(find(base + "/other/secret.txt", false).refusal().contains("add its directory"));
        assertTrue(find("a.zip", false).refusal().contains("relative"));
        assertTrue(files.find("\u00e4", false).refusal().contains("UTF-8"));
        assertEquals("a path with control characters", find(base + "/a\u0085b", false).refusal());
    }

    @Test
    void withoutSettingsThereAreNone() {
        assertFalse(with(Map.of()).areThere());
        assertNull(with(Map.of()).find(base + "/files/a.zip", false).file());
    }

    @ParameterizedTest
    @CsvSource({"sendfileRoots, srv/files, relative", "internalLocation.protected, /srv, internalLocation./protected",
            "internalLocation./protected, srv, relative"})
    void aSettingThatCannotBeMeantIsRefused(String name, String value, String said) {
        String message = assertThrows(org.jettyphp.config.SettingsException.class, () -> Access.with(Map.of(name, value))).getMessage();
        assertTrue(message.contains(said) && message.contains(name), message);
    }
}
