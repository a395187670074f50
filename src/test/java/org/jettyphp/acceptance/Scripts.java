package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jettyphp.peers.RawHttp.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URL runs which file, and what is never shown. */
interface Scripts extends Started {

    @Test
    default void aScriptRuns() throws Exception {
        Reply reply = get("/hello.php");
        assertEquals(200, reply.status());
        assertEquals("Hello, World!", reply.body());
        assertTrue(reply.complete());
    }

    @Test
    default void whatFollowsTheScriptIsPathInfo() throws Exception {
        String env = get("/env.php/a/b%20c?x=1").text();
        assertTrue(env.contains("\"PATH_INFO\":\"/a/b c\""), env);
        assertTrue(env.contains("\"SCRIPT_NAME\":\"" + plain().contextPath() + "/env.php\""), env);
        assertTrue(env.contains("\"REQUEST_URI\":\"" + plain().contextPath() + "/env.php/a/b%20c?x=1\""), env);
        assertTrue(env.contains("\"PHP_SELF\":\"" + plain().contextPath() + "/env.php/a/b c\""), env);
    }

    @Test
    default void withoutPathInfoThereIsNoPathInfo() throws Exception {
        assertFalse(get("/env.php").text().contains("\"PATH_INFO\""));
    }

    @Test
    default void aDirectoryMayBeNamedLikeAScript() throws Exception {
        assertEquals("script in a directory named like a script", get("/x.php/y.php").body());
    }

    @Test
    default void aDirectoryIsAnsweredByItsIndex() throws Exception {
        assertEquals("index of dir " + plain().contextPath() + "/dir/index.php q=1", get("/dir/?q=1").body());
        assertEquals("index of root", get("/").body());
        assertTrue(get("/plain/").body().contains("plain index"));
    }

    @Test
    default void aDirectoryWithoutItsSlashIsRedirectedWithItsQuery() throws Exception {
        Reply reply = get("/dir?q=1");
        assertEquals(301, reply.status());
        assertTrue(reply.header("Location").endsWith(plain().contextPath() + "/dir/?q=1"), reply.header("Location"));
    }

    @Test
    default void aRedirectNeverLeadsToAnotherHost() throws Exception {
        Reply reply = get("//dir");
        if (reply.status() == 301) {
            assertFalse(reply.header("Location").startsWith("//"), reply.header("Location"));
        } else {
            assertTrue(List.of(400, 404).contains(reply.status()), "status " + reply.status());
        }
    }

    @Test
    default void namesBeyondAsciiWork() throws Exception {
        assertEquals("umlaut " + plain().contextPath() + "/päge über.php /ø", get("/p%C3%A4ge%20%C3%BCber.php/%C3%B8").text());
    }

    @Test
    default void aStaticFileIsServedAsItIs() throws Exception {
        Reply reply = get("/static.txt");
        assertEquals(200, reply.status());
        assertEquals("static text", reply.body().strip());
    }

    /** Which the default servlet of Jetty would do. */
    @Test
    default void aDirectoryWithoutAnIndexIsNotListed() throws Exception {
        Reply reply = get("/uploads/");
        assertTrue(List.of(403, 404).contains(reply.status()), reply.toString());
        assertFalse(reply.body().contains("evil.jpg"), reply.body());
    }

    @Test
    default void aNameMayHaveAPercentSign() throws Exception {
        needs(WayOfUse.Capability.AMBIGUOUS_PATHS, "this container answers such a path 400 by itself");
        assertEquals("script named 100%41.php", get("/100%2541.php").body());
    }

    @Test
    default void whatIsNotThereIsNotFound() throws Exception {
        assertEquals(404, get("/nothing.php").status());
        assertEquals(404, get("/nothing").status());
        assertEquals(404, get("/static.txt/more").status());
    }

    @Test
    default void nothingRunsBecauseAScriptLikeNameFollowsIt() throws Exception {
        assertEquals(404, get("/uploads/evil.jpg/x.php").status());
    }

    @Test
    default void aLinkOutOfTheDocumentRootIsForbidden() throws Exception {
        assertEquals(403, get("/leads-out.php").status());
        assertTrue(plain().log().contains("outside the document root"), "the log says why");
    }

    /** Each spelling runs the script or is refused; none shows its source. */
    @ParameterizedTest
    @ValueSource(strings = {"/SHOUT.PHP", "/shout.php", "/old.phtml", "/backup.php.bak", "/innocent.txt", "/hello.php.", "/hello.php%20",
            "/hello.php%00",
            "/hello.php%00.txt", "/hello.php;x", "/hello.php;x=y.txt", "/hello.php%3B.txt", "/hello%2ephp", "/hello.php::$DATA",
            "/hello.php\\", "/hello.php%5C",
            "/./hello.php", "/dir/../hello.php", "/dir/%2e%2e/hello.php", "//hello.php", "/hello.php/", "/hello.php//", "/%68ello.php",
            "/hello.ph%70",
            "/hello.php%0a", "/hello.php%0d", "/hello.php%c0%80", "/hello%c0%aephp", "/hello.php%E2%80%A8", "/hello.php%252f",
            "/%2f/hello.php", "/dir%2f..%2fhello.php",
            "/hello.php/..;/SHOUT.PHP", "/WEB-INF/web.xml", "/web-inf/web.xml", "/META-INF/MANIFEST.MF"})
    default void noSpellingOfAScriptShowsItsSource(String path) throws Exception {
        Reply reply = get(path);
        assertFalse(reply.body().contains("<?php") || reply.body().contains("SECRET") || reply.body().contains("<web-app"),
                reply.toString());
        assertTrue(List.of(200, 301, 400, 403, 404).contains(reply.status()), reply.toString());
        if (reply.status() == 200) {
            assertEquals("Hello, World!", reply.body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.env", "/%2eenv", "/.git/config", "/.well-known/x"})
    default void hiddenFilesAreNotShownButWellKnownOnes(String path) throws Exception {
        assertEquals(path.startsWith("/.well-known/") ? 200 : 404, get(path).status());
    }

    @Test
    default void aRangeOrConditionOnAScriptShowsNoSource() throws Exception {
        assertEquals("Hello, World!", get("/hello.php", "Range: bytes=0-4").body());
        assertEquals("Hello, World!", get("/hello.php", "If-Modified-Since: Sat, 01 Jan 2050 00:00:00 GMT").body());
    }
}
