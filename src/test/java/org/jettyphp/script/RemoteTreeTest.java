package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jettyphp.htaccess.Asked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** With {@code checkFile=false}: nothing of the scripts is here. */
class RemoteTreeTest {

    private static final Path THERE = Path.of("/srv/php");

    @TempDir private Path directory;

    private static ScriptResolver resolver(@Nullable Path documentRoot, @Nullable Path scriptRoot, @Nullable String fallback) {
        return new ScriptResolver(new ScriptSettings(documentRoot, scriptRoot, List.of("php"), false, List.of("index.html", "index.php"),
                fallback, null), Access.STANDARD);
    }

    @TestFactory
    List<DynamicTest> namesDecide() {
        return UrlTable.tests("""
                /index.php                              run /index.php
                /a/b/c.php                              run /a/b/c.php
                /a/b/c.php/d/e.php                      run /a/b/c.php info=/d/e.php
                /index.php/                             run /index.php info=/
                /index.php;x/a;y                        run /index.php info=/a;y
                /p%C3%A4ge%20.php/%C3%B8                run /päge .php info=/ø
                /v1.2/x.php                             run /v1.2/x.php
                /                                       run /index.php
                /a/                                     run /a/index.php
                /a/../b.php                             run /b.php
                /a                                      404
                /style.css                              404
                /x.PHP                                  404!
                /x.phtml                                404!
                /x.phtml/y.php                          404!
                /x.php.                                 404!
                /x.php%20                               404!
                /x.php~                                 404!
                /WEB-INF/x.php                          404!
                /web-inf/                               404!
                /x.php/WEB-INF/                         run /x.php info=/WEB-INF/
                /a%2Fb.php                              404!
                /a%2Fb/                                 404!
                /a%5Cb.php                              404!
                /x.php/a%2Fb                            run /x.php info=/a/b
                /x.php%00                               400
                /x.php%0A                               400
                /x.php/%0A                              400
                /../x.php                               400
                /%2e%2e/x.php                           400
                /x.php/..%2F..%2Fy                      400
                /caf%E9.php                             400
                """, resolver(null, THERE, null), THERE);
    }

    @TestFactory
    List<DynamicTest> theFallbackTakesTheRest() {
        return UrlTable.tests("""
                /pretty                                 run /app/front.php info=/pretty query=q=/pretty
                /a%2Fb.php                              run /app/front.php info=/a/b.php query=q=/a/b.php
                /a.php                                  run /a.php
                /a/                                     run /a/index.php
                /x.PHP                                  404!
                /wiki/.NET                              run /app/front.php info=/wiki/.NET query=q=/wiki/.NET
                /.git/x.php                             run /app/front.php info=/.git/x.php query=q=/.git/x.php
                /WEB-INF/x.php                          404!
                """, resolver(null, THERE, "/app/front.php$path?q=$path"), THERE);
    }

    @TestFactory
    List<DynamicTest> plainFilesAreThoseHere() throws IOException {
        SampleTree tree = SampleTree.in(directory);
        return UrlTable.tests("""
                /style.css                              send /style.css
                /in.css                                 send /style.css by link
                /static/a.txt                           send /static/a.txt
                /uploads/evil.jpg                       send /uploads/evil.jpg
                /dir                                    redirect /dir/
                /style.css/x                            404
                /srclink.txt                            403
                /out.txt                                403
                /outdir                                 403
                /outdir/a.txt                           403
                /web.xml                                403
                /WEB-INF/web.xml                        404!
                /missing                                404
                """, resolver(tree.root(), THERE, null), tree.root());
    }

    @Test
    void withOneRootItIsTheOneOverThere() {
        Decision.RunScript run = assertInstanceOf(Decision.RunScript.class,
                resolver(THERE, null, null).resolve("/a/b.php", null, Asked.get("/")).decision());
        assertEquals("/srv/php/a/b.php", run.filename());
        assertEquals("/srv/php", run.documentRoot());
        assertEquals("404", Outcome.of(resolver(THERE, null, null).resolve("/a.txt", null, Asked.get("/")).decision(), THERE));
    }

    @Test
    void theRootOverThereMayBeThatOfAChroot() {
        Decision.RunScript run = assertInstanceOf(Decision.RunScript.class,
                resolver(null, Path.of("/"), null).resolve("/a/b.php", null, Asked.get("/")).decision());
        assertEquals("/a/b.php", run.filename());
        assertEquals("/", run.documentRoot());
        assertNull(run.pathInfo());
    }
}
