package org.jettyphp.htaccess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectivesTest {

    @TempDir Path directory;

    private Additions additions(Ruled ruled, Asked asked, String name) {
        HtaccessRequest request = new HtaccessRequest(asked, null);
        Place place = ruled.place("/" + name);
        request.enter(ruled.applied(place), place);
        return request.additions(ruled.applied(place));
    }

    private static String headers(Additions additions) {
        return additions.headers().stream().map(edit -> edit.action() + " " + edit.name() + "=" + edit.value() + (edit.always() ? "!" : ""))
                .collect(Collectors.joining(" | "));
    }

    @Test
    void whatIsSaidBelowComesAfterWhatIsSaidAbove() throws IOException {
        Ruled ruled = Ruled
                .in(directory, "Header set A 1", "DirectoryIndex a.php", "SetEnv X 1", "ErrorDocument 404 /a", "AddType text/x-a .t",
                        "ExpiresByType text/css A1", "ExpiresByType text/x-a A1")
                .file("sub/.htaccess",
                        "Header set A 2\nDirectoryIndex b.php\nSetEnv X 2\nErrorDocument 403 /b\nExpiresActive On\nExpiresByType text/css A2")
                .file("sub/f.t", "");
        Additions below = additions(ruled, Asked.get("/"), "sub/f.t");
        assertEquals("SET A=1 | SET A=2", headers(below));
        assertEquals(Map.of("X", "2"), below.environment());
        assertEquals(Map.of(404, "/a", 403, "/b"), below.errorDocuments());
        assertEquals("text/x-a", below.type());
        assertEquals(List.of(2L, 1L), Stream.of("text/css", "text/x-a").map(type -> below.freshness().of(type).seconds()).toList());
        assertEquals(List.of("b.php"), ruled.applied(ruled.place("/sub/f.t")).index());
    }

    @Test
    void allRoundsOfARequestGoByTheSameRules() throws IOException {
        Ruled ruled = Ruled.in(directory, "DirectoryIndex a.php").file("sub/x", "");
        RulesInForce rules = ruled.htaccess().inForce(ruled.root());
        assertEquals(List.of("a.php"), rules.of(ruled.root(), "").index());
        ruled.file(".htaccess", "DirectoryIndex changed.php").file("sub/.htaccess", "DirectoryIndex below.php");
        assertEquals(List.of("a.php"), rules.of(ruled.root(), "other").index());
        assertEquals(List.of("below.php"), rules.of(ruled.root().resolve("sub"), "").index());
        assertEquals(List.of("changed.php"), ruled.htaccess().inForce(ruled.root()).of(ruled.root(), "").index());
    }

    @Test
    void aSectionIsForTheNamesItMeansAndComesLast() throws IOException {
        Ruled ruled = Ruled
                .in(directory, "<Files *.js>", "Header set A section", "</Files>", "<FilesMatch \"\\.(css|js)$\">", "Header set B both",
                        "</FilesMatch>", "Header set A all")
                .file("x.js", "").file("x.css", "");
        assertEquals("SET A=all | SET A=section | SET B=both", headers(additions(ruled, Asked.get("/"), "x.js")));
        assertEquals("SET A=all | SET B=both", headers(additions(ruled, Asked.get("/"), "x.css")));
    }

    @Test
    void accessIsSaidAnewBelow() throws IOException {
        Ruled ruled = Ruled.in(directory, "Require all denied").file("open/.htaccess", "Require all granted").file("open/x", "")
                .file("shut/.htaccess", "Allow from all").file("shut/x", "");
        assertEquals("403", ruled.say("/x"));
        assertEquals("=", ruled.say("/open/x"));
        assertEquals("403", ruled.say("/shut/x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <Files [!i]*>      | secret.txt | true
            <Files [!i]*>      | index.php  | false
            <Files [^a-h]*.txt> | secret.txt | true
            <Files [^a-h]*.txt> | a.txt     | false
            <Files [a-z]?.txt> | a1.txt     | true
            <Files \\*.txt>  | *.txt      | true
            <Files \\*.txt>  | a.txt      | false
            <Files *.{a,b}>    | x.{a,b}    | true
            """)
    void aSectionMeansFilesByAWildcard(String opening, String name, boolean meant) throws IOException {
        assertEquals(meant ? "403" : "=", Ruled.in(directory, opening, "Require all denied", "</Files>").say("/" + name));
    }

    /** What Apache would run, and what nobody runs here, must not be sent: it is the source of something. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AddHandler cgi-script .pl                 | a.pl   | true
            AddHandler application/x-httpd-php .inc   | a.inc  | true
            AddHandler application/x-httpd-php .inc   | a.txt  | false
            AddType application/x-httpd-php .html     | a.html | true
            SetHandler application/x-httpd-php        | a.html | true
            SetHandler cgi-script                     | a.sh   | true
            SetHandler none                           | a.html | false
            SetHandler Drupal_Security_Do_Not_Remove  | a.html | false
            SetHandler default-handler                | a.html | false
            """)
    void whatIsForAProgramIsNotSent(String line, String name, boolean program) throws IOException {
        Ruled ruled = Ruled.in(directory, line);
        assertEquals(program, ruled.applied(ruled.place("/" + name)).notSent(name) != null);
        Ruled within = Ruled.in(directory, "<FilesMatch \\.(pl|inc|html|sh)$>", line, "</FilesMatch>");
        assertEquals(program, within.applied(within.place("/" + name)).notSent(name) != null);
        assertNull(within.applied(within.place("/a.css")).notSent("a.css"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Redirect /old /new                      | /old/x?a=b | 302 /new/x?a=b
            Redirect /old /new                      | /older     | =
            Redirect 301 /old https://a.example/new?c | /old/x?a=b | 301 https://a.example/new?c/x
            Redirect permanent /old /new            | /old       | 301 /new
            RedirectPermanent /old /new             | /old       | 301 /new
            Redirect gone /old                      | /old/x     | 410
            Redirect 404 /old                       | /old       | 404
            RedirectMatch 404 /\\.git               | /a/.git/x  | 404
            RedirectMatch ^/(\\w+)\\.asp$ /$1.php   | /a.asp?b   | 302 /a.php?b
            RedirectMatch 307 ^/(.*)x$ /y/$1?z      | /a bx?c    | 307 /y/a%20b?z
            """)
    void redirects(String line, String uri, String expected) throws IOException {
        assertEquals(expected, Ruled.in(directory, line).say(uri));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            access plus 1 year           | 31536000 | false
            "now plus 2 hours 3 minutes" | 7380     | false
            modification plus 4 weeks    | 2419200  | true
            A1209600                     | 1209600  | false
            M5                           | 5        | true
            """)
    void lifetimes(String text, long seconds, boolean sinceChange) throws NotUnderstoodException {
        assertEquals(new Lifetime(sinceChange, seconds), Lifetime.of(text.replace("\"", "")));
    }

    @Test
    void theTypeDecidesHowLongACopyIsGood() throws IOException {
        Ruled ruled = Ruled.in(directory, "ExpiresActive On", "ExpiresByType text/css A1", "ExpiresByType image/* A2", "ExpiresDefault A3");
        Additions.Expiry expiry = additions(ruled, Asked.get("/"), "x").freshness();
        assertNotNull(expiry);
        assertEquals(List.of(1L, 2L, 3L),
                List.of("text/css", "image/png", "text/html").stream().map(type -> expiry.of(type) == null ? 0 : expiry.of(type).seconds())
                        .toList());
    }

    @Test
    void variablesFollowTheRequest() throws IOException {
        Ruled ruled = Ruled.in(directory, "SetEnvIf Request_URI \"^/(a.*)\" PATH=$1", "SetEnvIfNoCase ^User-Agent$ BOT is_bot !PATH",
                "Header set X \"%{PATH}e 100%%\" env=PATH", "Header set Y z env=!PATH");
        assertEquals("SET X=abc 100%", headers(additions(ruled, Asked.get("/abc"), "abc")));
        Additions bot = additions(ruled, Asked.get("/abc").with("User-Agent", "a bot"), "abc");
        assertEquals("SET Y=z", headers(bot));
        assertEquals(Map.of("is_bot", "1"), bot.environment());
    }

    @Test
    void headersKnowWhatSetEnvHasSet() throws IOException {
        Ruled ruled = Ruled.in(directory, "SetEnv WHERE here", "Header set X %{WHERE}e env=WHERE", "Header set Y z env=!WHERE");
        assertEquals("SET X=here", headers(additions(ruled, Asked.get("/abc"), "abc")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Header set Content-Length 5", "Header set Transfer-Encoding chunked", "Header edit A ( c", "Header edit A b",
            "Header note A b",
            "Header set A b expr=x",
            "Header set A %{X}s", "Header set \"A b\" c", "Redirect 301 /a", "Redirect a /b", "RedirectMatch ( /b", "ExpiresDefault soon",
            "AddType application/x-httpd-php .html", "php_admin_value memory_limit 1G", "Options +Everything", "FallbackResource index.php",
            "ErrorDocument 200 /x", "SetEnvIf ^X-.* a b"})
    void theseAreWarnedOf(String line) {
        assertEquals(1, HtaccessParser.parse("f", line).warnings().size());
    }

    @Test
    void aFileThatCannotBeReadDenies() throws IOException {
        assertEquals("403", Ruled.in(directory, "#" + "x".repeat(1024 * 1024)).say("/x"));
    }

    @Test
    void afterARewritingVariablesAreThoseOfBefore() throws IOException {
        Ruled ruled = Ruled.in(directory, "RewriteEngine On", "RewriteRule ^a$ /b [E=V:1]", "RewriteCond %{ENV:REDIRECT_STATUS} 200",
                "RewriteCond %{ENV:REDIRECT_V} 1", "RewriteRule ^b$ /c");
        HtaccessRequest request = new HtaccessRequest(Asked.get("/a"), null);
        Outcome first = ruled.of(request, "/a");
        assertTrue(first instanceof Outcome.Rewritten);
        request.redirected((Outcome.Rewritten) first);
        assertEquals(new Outcome.Rewritten("/c", null), ruled.of(request, "/b"));
    }

    @Test
    void endIsForTheRoundsThatFollowToo() throws IOException {
        Ruled ruled = Ruled.in(directory, "RewriteEngine On", "RewriteRule ^a$ /b [END]", "RewriteRule ^b$ /c");
        HtaccessRequest request = new HtaccessRequest(Asked.get("/a"), null);
        request.redirected((Outcome.Rewritten) ruled.of(request, "/a"));
        assertEquals(new Outcome.Stays(null), ruled.of(request, "/b"));
    }
}
