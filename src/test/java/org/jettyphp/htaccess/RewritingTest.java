package org.jettyphp.htaccess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewritingTest {

    @TempDir Path directory;

    private Ruled rules(String... lines) throws IOException {
        String[] on = new String[lines.length + 1];
        on[0] = "RewriteEngine On";
        System.arraycopy(lines, 0, on, 1, lines.length);
        return Ruled.in(directory, on).file("index.php", "").file("a/index.php", "").file("style.css", "x").file("empty", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ^x$ index.php             | /x      | -> /index.php
            ^x$ /y                    | /x?a=b  | -> /y?a=b
            ^x$ /y?c=d                | /x?a=b  | -> /y?c=d
            ^x$ /y?c=d [QSA]          | /x?a=b  | -> /y?c=d&a=b
            ^x$ /y?c=d [QSA]          | /x      | -> /y?c=d
            ^x$ /y? [L]               | /x?a=b  | -> /y
            ^x$ /y [QSD]              | /x?a=b  | -> /y
            ^x$ index.php?a=b         | /index.php | =
            ^index\\.php$ index.php?a=b | /index.php | =?a=b
            ^(.*)$ /$1/$0?p=$1        | /x      | -> /x/x?p=x
            ^x$ -                     | /x      | =
            ^x$ - [F]                 | /x      | 403
            ^x$ - [G]                 | /x      | 410
            ^x$ - [R=404]             | /x      | 404
            ^x$ y [F]                 | /x      | 403
            ^(.*)$ $1 [R=200,L]       | /x      | 200
            ^x$ - [R=204]             | /x      | 204
            ^x$ y [R=204]             | /y      | =
            !^x$ - [F]                | /y      | 403
            !^x$ - [F]                | /x      | =
            ^X$ /y [NC]               | /x      | -> /y
            ^x$ /y [R]                | /x      | 302 /y
            ^x$ /y [R=301,L]          | /x?a=b  | 301 /y?a=b
            ^x$ y [R=permanent]       | /x      | 301 /y
            ^x$ https://a.example/$0  | /x      | 302 https://a.example/x
            ^x$ http://example.test/y | /x      | -> /y
            ^x$ http://example.test/y [R] | /x  | 302 http://example.test/y
            ^(.*)$ /y?q=$1 [R,B]      | /a&b    | 302 /y?q=a%2526b
            ^(.*)$ /y?q=$1            | /a b    | -> /y?q=a%20b
            ^(.*)$ /y?q=$1 [B,BNP]    | /a b&c  | -> /y?q=a%20b%26c
            ^(.*)$ /y/$1 [R]          | /a"b    | 302 /y/a%22b
            ^x$ "/y z" [R]            | /x      | 302 /y%20z
            ^x$ /y%23z [R,NE]         | /x      | 302 /y#z
            ^x$ %{DOCUMENT_ROOT}/y    | /x      | -> /y
            ^x$ mailto:a@b.example    | /x      | 302 mailto:a@b.example
            """)
    void aRuleMeansWhatItMeansToApache(String rule, String uri, String expected) throws IOException {
        String said = rules("RewriteRule " + rule.replace("%23", "#")).say(uri);
        assertEquals(expected, said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            %{REQUEST_FILENAME} -f       | /style.css    | yes
            %{REQUEST_FILENAME} -f       | /style.css/x  | yes
            %{REQUEST_FILENAME} -f       | /a            | no
            %{REQUEST_FILENAME} -f       | /none         | no
            %{REQUEST_FILENAME} !-f      | /none/deep    | yes
            %{REQUEST_FILENAME} -d       | /a/           | yes
            %{REQUEST_FILENAME} -s       | /empty        | no
            %{REQUEST_FILENAME} -s       | /style.css    | yes
            %{REQUEST_FILENAME} -l       | /style.css    | no
            %{DOCUMENT_ROOT}/$0 -f       | /style.css    | yes
            %{REQUEST_URI} ^/non         | /none         | yes
            %{REQUEST_URI} =/none        | /none         | yes
            %{REQUEST_URI} !=/none       | /none         | no
            %{REQUEST_URI} =/NONE [NC]   | /none         | yes
            %{QUERY_STRING} (^|&)a=1(&|$) | /x?b=2&a=1   | yes
            %{QUERY_STRING} ^$           | /x            | yes
            %{QUERY_STRING} >a           | /x?b          | yes
            %{QUERY_STRING} <a           | /x?bb         | no
            %{QUERY_STRING} -eq3         | /x?3          | yes
            %{HTTP_HOST} ^example\\.test$ | /x           | yes
            %{HTTP:X-Own} .              | /x            | no
            %{HTTPS} !=on                | /x            | yes
            %{HTTPS} off                 | /x            | yes
            %{REQUEST_SCHEME} http$      | /x            | yes
            %{SERVER_PORT} ^80$          | /x            | yes
            %{SERVER_NAME}:%{REMOTE_ADDR} ^example.test:192\\.0\\.2\\.7$ | /x | yes
            %{REQUEST_METHOD} ^(GET|HEAD)$ | /x          | yes
            %{THE_REQUEST} "^GET /x\\?y HTTP/1\\.1$" | /x?y | yes
            %{ENV:REDIRECT_STATUS} ^$    | /x            | yes
            %{REQUEST_URI} [[:digit:]]+  | /x7           | yes
            %{REQUEST_URI} [[:digit:]]+  | /xd           | no
            %{REQUEST_URI} x{            | /x{           | yes
            """)
    void aConditionIsMetAsWithApache(String condition, String uri, String met) throws IOException {
        assertEquals(met.equals("yes") ? "403" : "=",
                rules("RewriteCond " + condition, "RewriteRule .* - [F]").say(uri).replaceAll("\\?.*", ""));
    }

    @Test
    void conditionsAreJoinedByAndUnlessTheySayOr() throws IOException {
        Ruled ruled = rules("RewriteCond %{QUERY_STRING} a [OR]", "RewriteCond %{QUERY_STRING} b", "RewriteCond %{QUERY_STRING} c",
                "RewriteRule ^ - [F]");
        assertEquals("403", ruled.say("/?ac"));
        assertEquals("403", ruled.say("/?bc"));
        assertEquals("=?ab", ruled.say("/?ab"));
        assertEquals("=?c", ruled.say("/?c"));
    }

    @Test
    void percentIsTheLastConditionThatWasMet() throws IOException {
        Ruled ruled = rules("RewriteCond %{QUERY_STRING} (a.)", "RewriteCond %{REQUEST_URI} !nothing", "RewriteCond %1 (.)$",
                "RewriteRule ^x /%1/%0");
        assertEquals("-> /7/7?a7", ruled.say("/x?a7"));
    }

    @Test
    void theLastRuleIsTheLastUnlessItIsNotMet() throws IOException {
        assertEquals("-> /b", rules("RewriteRule ^a$ /b [L]", "RewriteRule . /c").say("/a"));
        assertEquals("-> /c", rules("RewriteRule ^a$ /b", "RewriteRule . /c").say("/a"));
    }

    @Test
    void chainedRulesFollowTheFirstOne() throws IOException {
        Ruled ruled = rules("RewriteRule ^a /b [C]", "RewriteRule ^ /c [C]", "RewriteRule ^ /d", "RewriteRule ^/ /e%{REQUEST_URI}");
        assertEquals("-> /e/a", ruled.say("/a"));
        assertEquals("=", ruled.say("/x"));
    }

    @Test
    void rulesAreSkipped() throws IOException {
        assertEquals("-> /d",
                rules("RewriteRule ^a$ - [S=2]", "RewriteRule ^ /b [L]", "RewriteRule ^ /c [L]", "RewriteRule ^ /d [L]").say("/a"));
    }

    @Test
    void nextBeginsAnewAndEnds() throws IOException {
        assertEquals("-> /a-b-c", rules("RewriteRule ^/?(.*)_(.*)$ /$1-$2 [N]").say("/a_b_c"));
        assertEquals("500", rules("RewriteRule ^ /x [N]").say("/a"));
    }

    @Test
    void whatFollowsWhatIsMissingIsPutBehindAgainForTheNextRule() throws IOException {
        assertEquals("-> /new/more/more", rules("RewriteRule ^old/(.*) /new/$1", "RewriteRule (.*) $1").say("/old/more"));
        assertEquals("-> /new/more", rules("RewriteRule ^old/(.*) /new/$1 [DPI]", "RewriteRule (.*) $1").say("/old/more"));
    }

    @Test
    void aDirectoryWithRulesOfItsOwnIsNotUnderThoseAbove() throws IOException {
        Ruled ruled = rules("RewriteRule ^ /top").file("a/.htaccess", "RewriteEngine On\nRewriteRule ^b$ c");
        assertEquals("-> /a/c", ruled.say("/a/b"));
        assertEquals("=", ruled.say("/a/x"));
        assertEquals("-> /top", ruled.say("/x"));
    }

    @Test
    void aFileWithoutRewritingLeavesThoseAboveInForce() throws IOException {
        Ruled ruled = rules("RewriteRule ^a/b$ /top").file("a/.htaccess", "Options -Indexes");
        assertEquals("-> /top", ruled.say("/a/b"));
    }

    @Test
    void rulesAreInheritedWhereThatIsAskedFor() throws IOException {
        Ruled ruled = rules("RewriteRule ^b$ /top").file("a/.htaccess", "RewriteOptions inherit\nRewriteRule ^c$ d");
        assertEquals("-> /top", ruled.say("/a/b"));
        assertEquals("-> /a/d", ruled.say("/a/c"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                        | -             | = | -> /a/d
            -                        | inherit       | 403 | -> /a/d
            -                        | inheritBefore | 403 | 403
            inherit                  | -             | 403 | -> /a/d
            inheritbefore            | -             | 403 | 403
            inheritdown              | -             | 403 | -> /a/d
            inheritdownbefore        | -             | 403 | 403
            inheritdown              | allowanyuri   | 403 | -> /a/d
            inherit                  | allowanyuri   | =   | -> /a/d
            inheritdown              | ignoreinherit | =   | -> /a/d
            inheritdownbefore        | ignoreinherit | =   | -> /a/d
            """)
    void rulesAreHandedDown(String above, String below, String another, String own) throws IOException {
        String option = below == null ? "" : "RewriteOptions " + below + "\n";
        Ruled ruled = rules(above == null ? "" : "RewriteOptions " + above, "RewriteRule ^[bc]$ - [F]").file("a/.htaccess",
                option + "RewriteRule ^c$ d [L]");
        assertEquals(another, ruled.say("/a/b"));
        assertEquals(own, ruled.say("/a/c"));
    }

    @Test
    void theBaseStandsForTheDirectory() throws IOException {
        assertEquals("-> /shop/y", rules("RewriteBase /shop", "RewriteRule ^x$ y").say("/x"));
        assertEquals("301 /shop/y", rules("RewriteBase /shop/", "RewriteRule ^x$ y [R=301]").say("/x"));
    }

    @Test
    void variablesAreSetAndAsked() throws IOException {
        Ruled ruled = rules("RewriteRule ^x(.*) - [E=A:$1,E=B]", "RewriteCond %{ENV:A} ^7$", "RewriteRule ^ /y");
        assertEquals("-> /y", ruled.say("/x7"));
        assertEquals("=", ruled.say("/x8"));
    }

    @Test
    void anEncodedQuestionMarkBeginsNoQuery() throws IOException {
        assertEquals("403", rules("RewriteRule (.*) /y$1").say(Asked.get("/x")).equals("-> /yx") ? asked("/a?b") : "");
    }

    private String asked(String decodedUri) throws IOException {
        Ruled ruled = rules("RewriteRule (.*) /y$1");
        Place place = new Place(ruled.root().toString(), decodedUri, ruled.root() + decodedUri, "", Place.Kind.UNKNOWN);
        Outcome outcome = new HtaccessRequest(Asked.get("/"), null).enter(ruled.applied(place), place);
        return outcome instanceof Outcome.Refused refused ? Integer.toString(refused.status()) : outcome.toString();
    }

    @Test
    @Timeout(20)
    void noPatternTakesLongerThanSomebodyWaits() throws IOException {
        assertEquals("500", rules("RewriteRule ^(.*)*(.*)*(.*)*(.*)*x$ - [F]").say("/" + "a".repeat(200)));
        assertEquals("500", rules("RewriteCond %{QUERY_STRING} ((a|b)*)*c", "RewriteRule ^ - [F]").say("/?" + "ab".repeat(5000)));
    }

    @Test
    void aRuleThatIsNotUnderstoodIsNotAppliedAndOneThatRefusesRefuses() throws IOException {
        assertEquals("=", rules("RewriteRule ( /y").say("/x"));
        assertEquals("=", rules("RewriteCond %{TIME_HOUR} 9", "RewriteRule ^ /y").say("/x"));
        assertEquals("403", rules("RewriteRule ( - [F]").say("/x"));
        assertEquals("403", rules("RewriteCond %{TIME_HOUR} 9", "RewriteRule ^x - [F]").say("/x"));
        assertEquals("=", rules("RewriteCond %{TIME_HOUR} 9", "RewriteRule ^x - [F]").say("/y"));
        assertEquals("403", rules("RewriteRule ^x - [F,NoSuchFlag]").say("/y"));
        assertEquals("-> /z", rules("RewriteRule ^x - [S=1]", "RewriteRule ( /y [L]", "RewriteRule ^ /z").say("/x"));
    }

    @Test
    void aCookieOrAProxyIsNotUnderstood() throws IOException {
        assertEquals("=", rules("RewriteRule ^ http://other.example/ [P]").say("/x"));
        assertTrue(HtaccessParser.parse("f", "RewriteRule ^ http://other.example/ [P]").warnings().get(0).contains("has the flag P"));
    }

    @Test
    void aRuleThatRefusesIsNamedAsItIsWritten() throws IOException {
        assertEquals(new Outcome.Refused(403, "RewriteRule !^x\\d$"), rules("RewriteRule !^x\\d$ - [F]").of("/y"));
    }
}
