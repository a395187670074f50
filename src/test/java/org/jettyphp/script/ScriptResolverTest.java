package org.jettyphp.script;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Without a fallback: what runs, what is sent, and that source never is. */
class ScriptResolverTest {

    @TempDir private static Path directory;
    private static SampleTree tree;

    @BeforeAll
    static void plantTheTree() throws IOException {
        tree = SampleTree.in(directory);
    }

    private static List<DynamicTest> table(String rows) {
        return UrlTable.tests(rows, tree.resolver(null), tree.root());
    }

    @TestFactory
    List<DynamicTest> theLeftmostScriptRunsAndTheRestIsPathInfo() {
        return table("""
                /index.php                              run /index.php
                /x.php                                  run /x.php
                /dir/page.php                           run /dir/page.php
                /index.php/                             run /index.php info=/
                /index.php/a/b                          run /index.php info=/a/b
                /index.php/a/b/                         run /index.php info=/a/b/
                /index.php/x.php                        run /index.php info=/x.php
                /dir/page.php/x.php/y                   run /dir/page.php info=/x.php/y
                /index.php/style.css                    run /index.php info=/style.css
                /index.php/WEB-INF/web.xml              run /index.php info=/WEB-INF/web.xml
                /lib.php/run.php/a                      run /lib.php/run.php info=/a
                /lib.php/                               run /lib.php/index.php
                /lib.php                                redirect /lib.php/
                /lib.php/style.css                      send /lib.php/style.css
                /a:b/                                   run /a:b/index.php
                /.php                                   404!
                /php                                    send /php
                /xphp                                   send /xphp
                /index.html.php                         run /index.html.php
                # nginx and Apache merge slashes in path info too
                //index.php                             run /index.php
                /dir//page.php//a///b                   run /dir/page.php info=/a/b
                /./dir/./page.php                       run /dir/page.php
                /static/../dir/page.php                 run /dir/page.php
                /nowhere/../index.php                   run /index.php
                /index.php/a/../b                       run /index.php info=/b
                /index.php/..                           run /index.php
                /index.php/../x.php                     run /x.php
                /index.php/.                            run /index.php info=/
                """);
    }

    @TestFactory
    List<DynamicTest> encodingIsReadOnceAndStrictly() {
        return table("""
                /index%2Ephp                            run /index.php
                /%69ndex.ph%70                          run /index.php
                /p%C3%A4ge%20%C3%BCber.php/%C3%B8       run /päge über.php info=/ø
                /päge%20über.php/ø                      run /päge über.php info=/ø
                /bild%20%c3%bc.png                      send /bild ü.png
                /sp%20ace/x.php                         run /sp ace/x.php
                /a+b&c.php                              run /a+b&c.php
                /a%2Bb%26c.php                          run /a+b&c.php
                /100%25.txt                             send /100%.txt
                /%2541.php                              run /%41.php
                /%41.php                                404!
                /index%252Ephp                          404
                /%252e%252e/outside.txt                 404
                /%2e%2e/outside.php                     400
                /static/%2e%2e/x.php                    run /x.php
                /static/.%2e/x.php                      run /x.php
                /index.php/%F0%9F%98%80                 run /index.php info=/😀
                # malformed, overlong, surrogates, beyond Unicode, Latin-1, half a character
                /%                                      400
                /%4                                     400
                /%zz                                    400
                /%-1                                    400
                /%u002e                                 400
                /index%２Ephp                           400
                /index.php%                             400
                /%c0%ae%c0%ae/outside.txt               400
                /%c0%af                                 400
                /%e0%80%af                              400
                /%ed%a0%80                              400
                /%f4%90%80%80                           400
                /caf%E9.php                             400
                /index.php/caf%E9                       400
                /%C3                                    400
                /%C3x%A4                                400
                /%C3ä                                   400
                # control characters, also in path info and in parameters
                /x.php%00                               400
                /x.php%00.txt                           400
                /style.css%00.php                       400
                /x.php%0A                               400
                /x.php%0D                               400
                /x.php%C2%85                            400
                /x.php%E2%80%A8                         400
                /index.php/a%0Ab                        400
                /index.php/PHP_VALUE%0Aauto_prepend     400
                /index.php/%7F                          400
                /index.php/%1b                          400
                /index.php;a=%0a                        400
                """);
    }

    @TestFactory
    List<DynamicTest> separatorsInDisguiseNeverReachTheFileSystem() {
        return table("""
                /dir%2Fpage.php                         404!
                /dir%2fpage.php/x                       404!
                /index.php%2Fa                          404!
                /style.css%2F                           404!
                /%2Fetc/passwd                          404!
                /%2F                                    404!
                /index.php/a%2Fb                        run /index.php info=/a/b
                /index.php/AC%2FDC/x                    run /index.php info=/AC/DC/x
                /index.php/%2Fevil.example/             run /index.php info=/evil.example/
                /index.php/a%2F%2Fb                     run /index.php info=/a/b
                /index.php/a%2F..%2Fb                   400
                /index.php/..%2F..%2Fb                  400
                /index.php/..%5Cb                       400
                /..%2Foutside.txt                       400
                /static/..%2f..%2foutside.txt           400
                /..%5coutside.txt                       400
                /..\\outside.txt                        400
                /dir\\page.php                          404!
                /back\\slash.txt                        404!
                /back%5Cslash.txt                       404!
                /back%5Cslash.php                       404!
                /index.php/a\\b                         run /index.php info=/a\\b
                /index.php/a%5Cb                        run /index.php info=/a\\b
                /..                                     400
                /../outside.txt                         400
                /dir/../../outside.txt                  400
                /dir/../..                              400
                /dir/..                                 run /index.php
                /dir/.                                  run /dir/index.php
                # parameters: no part of a name, kept in path info as nginx and Apache do, never a disguise of dots
                /index.php;jsessionid=1                 run /index.php
                /x.php;/a                               run /x.php info=/a
                /dir;a=b/page.php;c/d                   run /dir/page.php info=/d
                /style.css;x.php                        send /style.css
                /x.php;.css                             run /x.php
                /index.php/a;v=1/b                      run /index.php info=/a;v=1/b
                /index.php/a%3Bb                        run /index.php info=/a;b
                /semi%3Bcolon.txt                       send /semi;colon.txt
                /semi%3Bcolon.php                       run /semi;colon.php
                /semi;colon.php                         404
                /index.php/;x                           run /index.php info=/
                /;x/index.php                           run /index.php
                /dir;x                                  redirect /dir/
                /dir/..;/x.php                          400
                /dir/..;x=y/x.php                       400
                /%2e%2e;/outside.txt                    400
                /dir/.;/page.php                        400
                /index.php/a;b%2F..%2Fc                 400
                /index.php/a;b%2F%2Fc                   run /index.php info=/a;b/c
                /style.css;a%2Fb                        404!
                # no path at all
                index.php                               400
                *                                       400
                http://a/index.php                      400
                /index.php?a                            400
                /index.php#a                            400
                """);
    }

    @TestFactory
    List<DynamicTest> whatLooksLikeAScriptAndIsNoneIsNeverSent() {
        return table("""
                /X.PHP                                  404!
                /x.Php                                  404!
                /page.phtml                             404!
                /old.php5                               404!
                /secret.phps                            404!
                /tool.phar                              404!
                /x.php~                                 404!
                /x.php.bak                              404!
                /.x.php.swp                             404!
                /x.php.txt                              404!
                /x.phpx                                 404!
                /a.phone                                404!
                /photo.jpg                              send /photo.jpg
                /holiday.photos.zip                     send /holiday.photos.zip
                /missing.php                            404!
                /missing.php/a                          404!
                /missing.txt                            404
                /missing/                               404
                # what Windows would cut off is part of a name here
                /x.php.                                 404!
                /x.php%20                               404!
                /x.php%20.                              404!
                /x.php::$DATA                           404!
                /x.php:a                                404!
                /x.php%EF%BC%8E                         404!
                /trail.txt.                             404
                /INDEX.php                              404!
                /upper/                                 404
                # a plain file has no path info
                /uploads/evil.jpg                       send /uploads/evil.jpg
                /uploads/evil.jpg/x.php                 404!
                /uploads/evil.jpg/.php                  404!
                /uploads/evil.jpg%00x.php               400
                /style.css/                             404!
                /style.css/x                            404!
                /srclink.txt/                           404!
                /X.PHP/a                                404!
                # private directories, in any case and at any depth
                /WEB-INF/web.xml                        404!
                /web-inf/web.xml                        404!
                /WEB-INF/run.php                        404!
                /WEB-INF                                404!
                /WEB-INF/                               404!
                /WEB-INF;x/web.xml                      404!
                /%57EB-INF/web.xml                      404!
                /dir/../WEB-INF/web.xml                 404!
                /sub/meta-inf/x.php                     404!
                /META-INF/context.xml                   404!
                /x%2FWEB-INF%2Fweb.xml                  404!
                /x;%2FWEB-INF%2Fweb.xml                 404!
                /WEB-INF;x%2Fweb.xml                    404!
                """);
    }

    @TestFactory
    List<DynamicTest> linksLeadWithinTheRootOnly() {
        return table("""
                /in.php                                 run /in.php is /x.php
                /in.php/a                               run /in.php is /x.php info=/a
                /in.css                                 send /style.css by link
                /indir/page.php                         run /indir/page.php is /dir/page.php
                /indir                                  redirect /indir/
                /indir/                                 run /indir/index.php is /dir/index.php
                /round/page.php                         run /round/page.php is /dir/page.php
                /self/self/self/x.php                   run /self/self/self/x.php is /x.php
                /self/../x.php                          run /x.php
                /srclink.txt                            403
                /phtml.txt                              403
                /noext                                  403
                /text.php                               403
                /phtml.php                              403
                /web.xml                                403
                /priv.php                               403
                /self/WEB-INF/web.xml                   404!
                /out.php                                403
                /out.php/a                              403
                /out.txt                                403
                /out.txt/                               404!
                /outdir                                 403
                /outdir/                                403
                /outdir/x.php                           403
                /outdir/a.txt                           403
                /outdir/missing                         403
                /outdir/missing/deep                    403
                /outdir/..                              run /index.php
                /sibling/x.php                          403
                /outindex/                              403
                /dangling.php                           404!
                /loop                                   404
                /loop/x.php                             404!
                """);
    }

    @TestFactory
    List<DynamicTest> aDirectoryAnswersWithItsIndex() {
        return table("""
                /                                       run /index.php
                //                                      run /index.php
                /.                                      run /index.php
                /dir/                                   run /dir/index.php
                /dir                                    redirect /dir/
                //dir                                   redirect /dir/
                ///dir/../dir                           redirect /dir/
                //evil.example/../dir                   redirect /dir/
                //evil.example/..                       run /index.php
                /sp%20ace                               redirect /sp%20ace/
                /a:b                                    redirect /a:b/
                /static/                                send /static/index.html as /static/index.html
                /static/index.html                      send /static/index.html
                /both/                                  run /both/index.php
                /empty/                                 404
                /empty                                  redirect /empty/
                """);
    }
}
