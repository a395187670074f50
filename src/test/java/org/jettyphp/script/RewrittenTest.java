package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jettyphp.htaccess.Asked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code rewrite} makes of URLs, without and with {@code .htaccess}. */
class RewrittenTest {

    private static final String RULES = """
            RewriteRule ^pretty/(\\d+)$ x.php?id=$1 [QSA]
            RewriteRule ^style$ style.css
            RewriteCond %{REQUEST_FILENAME}.php -f
            RewriteRule ^(.+)$ $1.php
            RewriteRule ^hidden$ WEB-INF/web.xml
            RewriteRule ^outside$ out.txt
            RewriteRule ^shut - [F]
            RewriteRule ^both/index - [F]
            RewriteRule ^x\\.sql$ dir/page.php
            """;

    @TempDir private Path directory;
    private SampleTree tree;

    @BeforeEach
    void plantTheTree() throws IOException {
        tree = SampleTree.in(directory);
    }

    private ScriptResolver resolver(String htaccess) {
        return new ScriptResolver(tree.settings(null), Access.with(Map.of("rewrite", RULES, "htaccess", htaccess, "noExec", "/dir")));
    }

    private static final String EXPECTED = """
            /pretty/7                               run /x.php query=id=7
            /style                                  send /style.css as /style.css
            /x                                      run /x.php query=
            /dir/page                               403
            /hidden                                 404!
            /outside                                403
            /x.sql                                  403
            /style.css                              send /style.css
            /dir                                    redirect /dir/
            /static/                                send /static/index.html as /static/index.html
            """;

    @TestFactory
    List<DynamicTest> rewrittenPathsAreDecidedFromTheBeginning() {
        return UrlTable.tests(EXPECTED.replace(" query=\n", "\n"), resolver("false"), tree.root());
    }

    @TestFactory
    List<DynamicTest> itIsTheSameWithHtaccess() throws IOException {
        Files.writeString(tree.root().resolve(".htaccess"), "RewriteEngine On\nRewriteRule ^other$ x.php");
        return UrlTable.tests(EXPECTED.replace(" query=\n", "\n") + "/other   run /x.php\n", resolver("true"), tree.root());
    }

    @Test
    void theRequestsOwnQueryIsThere() {
        assertEquals("run /x.php query=id=7&a=1",
                Outcome.of(resolver("false").resolve("/pretty/7", "a=1", Asked.get("/")).decision(), tree.root()));
        assertEquals(403, ((Decision.Refused) resolver("false").resolve("/shut/x", null, Asked.get("/")).decision()).status());
    }

    @Test
    void theFileThatHasThemIsForNobody() throws IOException {
        Path file = Files.writeString(tree.root().resolve("rules.txt"), "RewriteRule ^rules$ rules.txt\n");
        Files.createSymbolicLink(tree.root().resolve("by-link.txt"), file);
        ScriptResolver resolver =
                new ScriptResolver(tree.settings(null), Access.with(Map.of("rewrite", file.toString(), "allow", "rules.txt")));
        for (String url : List.of("/rules.txt", "/rules", "/by-link.txt")) {
            assertEquals("404!", Outcome.of(resolver.resolve(url, null, Asked.get(url)).decision(), tree.root()), url);
        }
    }

    /** The container's default servlet would be asked for the URL, and send what the rules have led away from: the source of a script. */
    @Test
    void whatIsRewrittenToNothingIsMissingForEverybody() throws IOException {
        String rules = "RewriteRule ^(x\\.php|style\\.css)$ nowhere";
        ScriptResolver bySettings = new ScriptResolver(tree.settings(null), Access.with(Map.of("rewrite", rules)));
        Files.writeString(tree.root().resolve(".htaccess"), "RewriteEngine On\n" + rules);
        ScriptResolver byHtaccess = new ScriptResolver(tree.settings(null), Access.with(Map.of("htaccess", "true")));
        for (String url : List.of("/x.php", "/style.css")) {
            assertEquals("404!", Outcome.of(bySettings.resolve(url, null, Asked.get(url)).decision(), tree.root()), url);
            assertEquals("404!", Outcome.of(byHtaccess.resolve(url, null, Asked.get(url)).decision(), tree.root()), url);
        }
    }

    @Test
    void whatIsForbiddenIsNoIndexEither() {
        for (String htaccess : List.of("true", "false")) {
            assertEquals(403, ((Decision.Refused) resolver(htaccess).resolve("/both/", null, Asked.get("/")).decision()).status());
        }
    }

    @Test
    void anEmptyDirectoryIsMissingAsWithoutRules() {
        assertEquals("404", Outcome.of(resolver("false").resolve("/empty/", null, Asked.get("/")).decision(), tree.root()));
    }

    @ParameterizedTest
    @CsvSource({"/x.php, 402", "/x.php/more, 402", "/in.php, 402", "/dir/, 410", "/dir, 410", "/indir/, 410", "/nothing, 404",
            "/nothing/more, 404", "/dir/nothing/more, 404", "/dangling.php, 404", "/x.php;a, 402", "/nothing;a, 404",
            // What is looked for leaves out what is behind the semicolon, and does not go through an encoded slash.
            "/semi;colon.txt, 402", "/dir%2Fmore, 410", "/nothing%2Fmore, 404"})
    void conditionsSeeWhatIsThere(String url, int status) throws IOException {
        Files.writeString(tree.root().resolve(".htaccess"), """
                RewriteEngine On
                RewriteCond %{REQUEST_FILENAME} -f
                RewriteRule ^ - [R=402]
                RewriteCond %{REQUEST_FILENAME} -d
                RewriteRule ^ - [R=410]
                RewriteCond %{REQUEST_FILENAME} !-f
                RewriteCond %{REQUEST_FILENAME} !-d
                RewriteRule ^ - [R=404]
                """);
        ScriptResolver resolver = new ScriptResolver(tree.settings(null), Access.with(Map.of("htaccess", "true")));
        assertEquals(status, ((Decision.Refused) resolver.resolve(url, null, Asked.get(url)).decision()).status());
    }
}
