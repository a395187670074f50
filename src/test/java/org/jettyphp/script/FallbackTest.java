package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jettyphp.htaccess.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The front controller in all its forms. */
class FallbackTest {

    @TempDir private Path directory;
    private SampleTree tree;

    @BeforeEach
    void plantTheTree() throws IOException {
        tree = SampleTree.in(directory);
    }

    private String outcome(String fallback, String rawPath, @Nullable String query) {
        return Outcome.of(tree.resolver(fallback).resolve(rawPath, query, Asked.get("/")).decision(), tree.root());
    }

    @TestFactory
    List<DynamicTest> itTakesWhatIsMissingAndNothingElse() {
        return UrlTable.tests("""
                /pretty                                 run /index.php
                /2024/05/pretty/                        run /index.php
                /missing.txt                            run /index.php
                /missing.php                            run /index.php
                /missing.php/a                          run /index.php
                /X.php                                  run /index.php
                /empty/                                 run /index.php
                /empty                                  redirect /empty/
                /wiki/AC%2FDC                           run /index.php
                /dir%2Fpage.php                         run /index.php
                /back%5Cslash.txt                       run /index.php
                /uploads/evil.jpg/x.php                 run /index.php
                /style.css/                             run /index.php
                # a name with a dot in front hides a file only where there is one
                /wiki/.NET                              run /index.php
                /.missing                               run /index.php
                /wiki%2F.NET                            run /index.php
                /style.css/.x                           run /index.php
                /.x.php.swp                             404!
                /%2ex.php.swp/a                         404!
                /.php                                   404!
                /.well-known/missing                    run /index.php
                /x.php                                  run /x.php
                /style.css                              send /style.css
                /dir/                                   run /dir/index.php
                # what is there and refused stays refused
                /X.PHP                                  404!
                /page.phtml                             404!
                /x.php~                                 404!
                /WEB-INF/web.xml                        404!
                /WEB-INF/missing                        404!
                /.missing/WEB-INF                       404!
                /WEB-INF%2Fweb.xml                      404!
                /WEB-INF;x%2Fweb.xml                    404!
                /x;%2FWEB-INF%2Fweb.xml                 404!
                /out.php                                403
                /out.txt                                403
                /outdir/missing                         403
                /srclink.txt                            403
                /..                                     400
                /%00                                    400
                """, tree.resolver("/index.php"), tree.root());
    }

    @TestFactory
    List<DynamicTest> thePathCanBecomePathInfo() {
        return UrlTable.tests("""
                /pretty                                 run /index.php info=/pretty
                /2024/05/pretty/                        run /index.php info=/2024/05/pretty/
                /p%C3%A4ge;v=1                          run /index.php info=/päge;v=1
                /wiki/AC%2FDC                           run /index.php info=/wiki/AC/DC
                /x.php/a                                run /x.php info=/a
                /index.php                              run /index.php
                //a//../b                               run /index.php info=/b
                """, tree.resolver("/index.php$path"), tree.root());
    }

    @TestFactory
    List<DynamicTest> thePathCanBecomeAPartOfTheQuery() {
        return UrlTable.tests("""
                /node/1                                 run /index.php query=q=/node/1&s=1
                /a%26b=c%2Bd%20e%25%3B%23               run /index.php query=q=/a%26b%3Dc%2Bd%20e%25%3B%23&s=1
                /%C3%B8                                 run /index.php query=q=/%C3%B8&s=1
                /AC%2FDC                                run /index.php query=q=/AC/DC&s=1
                /$path                                  run /index.php query=q=/$path&s=1
                /index.php                              run /index.php
                """, tree.resolver("/index.php?q=$path&s=1"), tree.root());
    }

    @Test
    void theRequestsOwnQueryComesBehind() {
        assertEquals("run /index.php query=q=/a&b=1&c", outcome("/index.php?q=$path", "/a", "b=1&c"));
        assertEquals("run /index.php query=q=/a", outcome("/index.php?q=$path", "/a", ""));
        assertEquals("run /index.php query=front=1&b=1", outcome("/index.php?front=1", "/a", "b=1"));
        assertEquals("run /index.php info=/a query=q=/a&b=1", outcome("/index.php$path?q=$path", "/a", "b=1"));
    }

    @Test
    void withoutATemplateTheQueryIsLeftAlone() {
        assertEquals("run /index.php", outcome("/index.php", "/a", "b=1"));
        assertEquals("run /index.php", outcome("/index.php?", "/a", "b=1"));
    }

    @Test
    void aPlainFileCanBeTheFallback() {
        assertEquals("send /static/index.html as /static/index.html", outcome("/static/index.html", "/app/route", null));
    }

    @Test
    void itsNameMayBeWrittenEncodedOrNot() {
        assertEquals("run /päge über.php", outcome("/päge über.php", "/a", null));
        assertEquals("run /päge über.php", outcome("/p%C3%A4ge%20%C3%BCber.php", "/a", null));
    }

    @Test
    void aMissingFallbackIsNotFoundAndSaysSo() throws IOException {
        Files.delete(tree.root().resolve("index.php"));
        Decision.NotFound missing =
                assertInstanceOf(Decision.NotFound.class, tree.resolver("/index.php").resolve("/pretty", null, Asked.get("/")).decision());
        assertTrue(missing.reason().contains("neither is fallback " + tree.root().resolve("index.php")), missing.reason());
        assertEquals("404!", outcome("/index.php", "/index.php", null));
    }

    @Test
    void aLinkMustNotLeadItOutside() {
        assertEquals("403", outcome("/out.php", "/pretty", null));
        assertEquals("403", outcome("/out.txt", "/pretty", null));
        assertEquals("run /in.php is /x.php", outcome("/in.php", "/pretty", null));
    }
}
