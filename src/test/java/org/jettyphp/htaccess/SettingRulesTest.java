package org.jettyphp.htaccess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rewrite}. */
class SettingRulesTest {

    @TempDir Path directory;

    private Outcome of(SettingRules rules, String uri) throws IOException {
        Path root = directory.toRealPath();
        return new HtaccessRequest(Asked.get(uri), null).enter(rules.at(root),
                new Place(root.toString(), uri, root + uri, "", Place.Kind.UNKNOWN));
    }

    @Test
    void theyNeedNoEngineToBeSwitchedOn() throws IOException {
        SettingRules rules = SettingRules.of(List.of("RewriteRule ^old/(.*)$ /new/$1 [R=301,L]", "Redirect 302 /far https://a.example/"));
        assertTrue(rules.areThere());
        assertEquals(new Outcome.Moved(301, "/new/x"), of(rules, "/old/x"));
        assertEquals(new Outcome.Moved(302, "https://a.example/"), of(rules, "/far"));
        assertEquals(new Outcome.Stays(null), of(rules, "/new/x"));
        assertEquals(new Outcome.Stays(null), of(SettingRules.of(List.of("RewriteEngine Off", "RewriteRule ^ - [F]")), "/x"));
        assertFalse(SettingRules.of(List.of()).areThere());
    }

    @Test
    void aFileMayHaveThem() throws IOException {
        Path file = Files.writeString(directory.resolve("rules.conf"), """
                # Comments, sections and joined lines as in Apache's own
                <IfModule mod_rewrite.c>
                RewriteEngine On
                RewriteCond %{REQUEST_URI} \\.bak$
                RewriteRule ^ - \\
                    [F]
                </IfModule>
                """);
        assertEquals(403, ((Outcome.Refused) of(SettingRules.of(List.of(file.toString())), "/a.bak")).status());
        Files.writeString(file, "RewriteRule ^a b\n\nRewriteRule ^a b [P]\n");
        assertTrue(refusal(file.toString()).contains(file + ":3: 'RewriteRule ^a b [P]'"), refusal(file.toString()));
        assertTrue(refusal("/no/such/file").contains("/no/such/file cannot be read"));
    }

    /** As lists of the settings are put together: an empty line parts what several have given. */
    @Test
    void severalMayGiveThemAndTheFirstComeFirst() throws IOException {
        Path file = Files.writeString(directory.resolve("rules.conf"),
                "RewriteRule ^a$ /file [R]\nRewriteRule ^b$ /file [R]\nRedirect /d /file");
        SettingRules rules = SettingRules.of(List.of("RewriteRule ^a$ /first [R]", "Redirect /d /first", file.toString(),
                "RewriteRule ^b$ /behind [R]", "", "RewriteRule ^c$ /last [R]"));
        assertEquals(List.of("/first", "/file", "/last", "/first"),
                Stream.of("/a", "/b", "/c", "/d").map(uri -> location(rules, uri)).toList());
        assertEquals(List.of(file), SettingRules.files(List.of("RewriteRule ^a b", file.toString())).toList());
    }

    @Test
    void whoHasTheLastWordDropsThoseBehind() {
        List<String> theirs = List.of("", "RewriteRule ^c$ /last [R]");
        assertEquals("/last", location(SettingRules.of(with("RewriteRule ^a$ /first [R]", theirs)), "/c"));
        assertEquals("stays", location(SettingRules.of(with("RewriteRule ^ - [L]", theirs)), "/c"));
        assertEquals("stays", location(SettingRules.of(with("RewriteEngine Off", theirs)), "/c"));
    }

    private static List<String> with(String line, List<String> others) {
        return Stream.concat(Stream.of(line), others.stream()).toList();
    }

    private String location(SettingRules rules, String uri) {
        try {
            return of(rules, uri) instanceof Outcome.Moved moved ? moved.location() : "stays";
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Test
    void aConditionIsNotForTheRuleOfSomebodyElse() {
        List<String> lines = List.of("RewriteRule ^a b", "RewriteCond %{REQUEST_URI} x", "", "RewriteRule ^c d");
        String message = assertThrows(IllegalArgumentException.class, () -> SettingRules.of(lines)).getMessage();
        assertEquals("rewrite:2: 'RewriteCond %{REQUEST_URI} x' has no RewriteRule behind it", message);
    }

    private static String refusal(String line) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> SettingRules.of(List.of(line))).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RewriteRule ^/old$ /new                          | no slash in front
            RewriteRule ^(/old)$ /new                        | no slash in front
            RewriteCond %{REQUEST_URI} x                     | no RewriteRule behind it
            RewriteCond %{DOCUMENT_ROOT}%{REQUEST_FILENAME} -f | leave %{DOCUMENT_ROOT} out
            RewriteRule ^a b [Q]                             | has the flag Q
            RewriteMap x txt:/x                              | is no rule
            Require all denied                               | is no rule
            rewrite ^/a$ /b permanent;                       | is no rule
            conf/rules.conf                                  | is no rule
            Redirect 301 old /new                            | does not begin with a slash
            """)
    void whatIsNotUnderstoodIsRefused(String line, String reason) {
        String message = refusal(line);
        assertTrue(message.startsWith("rewrite:1: '" + line) && message.contains(reason), message);
    }
}
