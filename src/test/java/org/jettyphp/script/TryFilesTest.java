package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jettyphp.htaccess.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tryFiles}, in nginx's notation. */
class TryFilesTest {

    @TempDir private Path directory;
    private SampleTree tree;

    @BeforeEach
    void plantTheTree() throws IOException {
        tree = SampleTree.in(directory);
    }

    private ScriptSettings settings(String tryFiles, @Nullable String fallback, boolean checkFile) {
        return new ScriptSettings(tree.root(), null, List.of("php"), checkFile, List.of("index.php", "index.html"), fallback, tryFiles);
    }

    private ScriptResolver resolver(String tryFiles, String... access) {
        return new ScriptResolver(settings(tryFiles, null, true),
                access.length == 0 ? Access.STANDARD : Access.with(Map.of(access[0], access[1])));
    }

    private String outcome(ScriptResolver resolver, String rawPath, @Nullable String query) {
        return Outcome.of(resolver.resolve(rawPath, query, Asked.get("/")).decision(), tree.root());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            /index.php?$args               | /a   | b=1 | run /index.php query=b=1
            /index.php?$args               | /a   | -   | run /index.php query=
            /index.php?$query_string       | /a   | b=1 | run /index.php query=b=1
            /index.php$is_args$args        | /a   | b=1 | run /index.php query=b=1
            /index.php$is_args$query_string| /a   | -   | run /index.php query=
            /index.php                     | /a   | b=1 | run /index.php query=
            /index.php?q=$uri&$args        | /a/b | b=1 | run /index.php query=q=/a/b&b=1
            /index.php?q=$uri&$args        | /a/b | -   | run /index.php query=q=/a/b
            /index.php?q=$uri&$args        | /%26b=$args%3F | c | run /index.php query=q=/%26b%3D$args%3F&c
            /index.php?$args&q=$uri        | /a   | b=1 | run /index.php query=b=1&q=/a
            /index.php?front=1             | /a   | b=1 | run /index.php query=front=1
            /index.php$uri?$args           | /a/b | b=1 | run /index.php info=/a/b query=b=1
            /index.php$uri                 | /a/b | b=1 | run /index.php info=/a/b query=
            /index.php$request_uri         | /a/b | b=1 | run /index.php info=/a/b query=b=1
            =404                           | /a   | b=1 | 404
            =404                           | /a.php | - | 404!
            """)
    void theLastElementSaysWhatAnswersAndWithWhichQuery(String last, String path, String query, String expected) {
        assertEquals(expected, outcome(resolver("$uri $uri/ " + last), path, query));
        assertEquals("run /x.php", outcome(resolver("$uri $uri/ " + last), "/x.php", query), "what there is keeps its own query");
    }

    @TestFactory
    List<DynamicTest> directoriesAnswerWithASlashAndAnIndex() {
        return UrlTable.tests("""
                /style.css                              send /style.css
                /x.php/info                             run /x.php info=/info
                /dir                                    redirect /dir/
                /dir/                                   run /dir/index.php
                /static/                                send /static/index.html as /static/index.html
                /empty                                  redirect /empty/
                /empty/                                 run /index.php query=
                /missing.php                            run /index.php query=
                /.x.php.swp                             404!
                /out.txt                                403
                """, resolver("$uri $uri/ /index.php?$args"), tree.root());
    }

    @TestFactory
    List<DynamicTest> withoutDirectoriesTheLastElementAnswersForThem() {
        return UrlTable.tests("""
                /                                       run /index.php query=
                /dir                                    run /index.php query=
                /dir/                                   run /index.php query=
                /dir/page.php                           run /dir/page.php
                /style.css                              send /style.css
                /WEB-INF                                404!
                /outdir/                                403
                """, resolver("$uri /index.php$is_args$args"), tree.root());
    }

    @TestFactory
    List<DynamicTest> otherFilesAreLookedForInOrder() {
        return UrlTable.tests("""
                /static/a                               send /static/a.txt as /static/a.txt
                /dir/page                               run /dir/page.php
                # a file in front of a directory of the same name
                /both                                   send /both/index.html as /both/index.html
                /dir                                    redirect /dir/
                # behind an index that is not there
                /empty/                                 send /static/index.html as /static/index.html
                /nothing                                send /static/index.html as /static/index.html
                # what must not be had is not found by another name either
                /WEB-INF/web                            404!
                /old                                    send /static/index.html as /static/index.html
                /static/a/                              send /static/index.html as /static/index.html
                /stat%2Fic/a                            404!
                /out                                    403
                """, resolver("$uri $uri.txt $uri.php $uri/index.html $uri/ /static/index.html =404"), tree.root());
    }

    @Test
    void anotherStatusCanBeTheLastElement() {
        Decision decision = resolver("$uri $uri/ =403").resolve("/missing", null, Asked.get("/")).decision();
        assertEquals(new Decision.Refused(403, "nothing of tryFiles is there"), decision);
    }

    @Test
    void scriptsThatAreFoundByAnotherNameKeepTheirQueryAndMustBeAllowedToRun() {
        assertEquals("run /dir/page.php", outcome(resolver("$uri $uri.php =404"), "/dir/page", "a=1"));
        assertEquals("403", outcome(resolver("$uri $uri.php =404", "noExec", "/dir"), "/dir/page", "a=1"));
        assertEquals("404", outcome(resolver("$uri $uri.txt =404", "deny", "a.txt"), "/static/a", null));
    }

    @TestFactory
    List<DynamicTest> rulesOfTheApplicationHoldForWhatIsFound() throws IOException {
        java.nio.file.Files.writeString(tree.root().resolve("static/.htaccess"), "Require all denied");
        return UrlTable.tests("""
                /static/a                               403
                /a                                      403
                /dir/page                               run /dir/page.php
                /dir                                    redirect /dir/
                /empty/                                 run /index.php query=
                /nothing                                run /index.php query=
                """, resolver("$uri $uri.php /static$uri.txt $uri/ /index.php?$args", "htaccess", "true"), tree.root()).stream()
                .map(test -> test.getDisplayName().endsWith("403")
                        ? DynamicTest.dynamicTest(test.getDisplayName(),
                                () -> assertTrue(resolver("$uri $uri.php /static$uri.txt $uri/ /index.php?$args", "htaccess", "true")
                                        .resolve(test.getDisplayName().split(" ")[0], null, Asked.get("/"))
                                        .decision() instanceof Decision.Refused refused && refused.status() == 403))
                        : test)
                .toList();
    }

    @Test
    void whereScriptsAreElsewhereOnlyNamesCount() {
        ScriptResolver remote = new ScriptResolver(settings("$uri /index.php?$args", null, false), Access.STANDARD);
        assertEquals("run /index.php query=a=1", outcome(remote, "/dir/", "a=1"));
        assertEquals("run /dir/x.php", outcome(remote, "/dir/x.php", "a=1"));
        assertEquals("403", remote("=403"));
        assertTrue(refusal(() -> settings("$uri $uri.html =404", null, false)).contains("checkFile=false"));
    }

    private String remote(String last) {
        Decision decision = new ScriptResolver(settings("$uri " + last, null, false), Access.STANDARD)
                .resolve("/a", null, Asked.get("/")).decision();
        return Integer.toString(((Decision.Refused) decision).status());
    }

    private static String refusal(org.junit.jupiter.api.function.Executable made) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, made).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $uri                              | does not begin with $uri
            /maintenance.html $uri =404       | does not begin with $uri
            $uri/ $uri =404                   | does not begin with $uri
            $uri $uri/ =404;                  | semicolon
            $uri $uri/ @php                   | named locations
            $uri $uri/ =200                   | no status from 400 to 599
            $uri $document_root/x =404        | cannot be tried
            $uri $host/x.html =404            | cannot be tried
            $uri /x.php?a=1 =404              | cannot be tried
            $uri /dir/ =404                   | cannot be tried
            $uri /../x =404                   | above the root
            $uri $uri/                        | does not begin with a slash
            $uri /index.php?u=$request_uri    | a variable that there is not
            $uri /index.php$is_args           | a placeholder that there is not
            $uri /index.phtml?$args           | scriptExtensions
            """)
    void whatCannotBeFollowedIsRefusedWithTheReason(String tryFiles, String reason) {
        String message = refusal(() -> settings(tryFiles, null, true));
        assertTrue(message.startsWith("tryFiles '") && message.contains(reason), message);
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        assertTrue(refusal(() -> settings("$uri =404", "/index.php", true)).startsWith("tryFiles and fallback are both set"));
        assertTrue(refusal(() -> resolver("$uri =404", "listing", "true")).startsWith("listing=true shows nothing"));
    }
}
