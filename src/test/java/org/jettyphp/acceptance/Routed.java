package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.Test;

/** {@code tryFiles}, {@code rewrite} and error pages. */
interface Routed extends Started {

    static void write(Path root, Path app) throws Exception {
        Trees.write(app, "tried/only-tried.php", "<?php echo 'tried ', $_SERVER['REQUEST_URI'], ' ', $_SERVER['QUERY_STRING'];");
        Trees.write(app, "too-large.html", "<p>too large");
        Trees.write(app, "put-away.php", "<?php $source = 'put away';");
        Trees.write(app, "put-away.txt", "put away");
        Trees.write(root, "rules.conf", """
                RewriteRule ^put-away\\.(php|txt)$ nowhere [L]
                RewriteRule ^short/(\\w+)$ tried/only-tried.php?said=$1 [QSA]
                RewriteRule ^plain-name$ static.txt
                RewriteRule ^away$ https://example.org/there [R=301]
                RewriteRule ^by-rule$ - [R=406]
                RewriteCond %{REQUEST_FILENAME} !-f
                RewriteRule ^no-such-file\\.txt$ - [F]
                """);
    }

    static Map<String, String> settings(Path root) {
        return Map.of("tryFiles", "$uri $uri/ $uri.txt /tried$uri.php =404", "rewrite", root.resolve("rules.conf").toString(),
                "errorPage.406", "/error-page.php?of=406", "errorPage.409", "/error-page.php", "errorPage.413", "/too-large.html",
                "errorPage.502", "/error-page.php", "errorPage.504", "/no-such-page.php", "interceptErrors", "true");
    }

    @Test
    default void otherFilesAreTriedForWhatIsNone() throws Exception {
        String base = plain().contextPath();
        assertEquals("tried " + base + "/only-tried?x=1 x=1", get("/only-tried?x=1").body());
        assertEquals("static text", get("/static").text().strip());
        assertEquals(404, get("/static/").status());
    }

    @Test
    default void urlsAreRewrittenAndRedirected() throws Exception {
        String base = plain().contextPath();
        assertEquals("tried " + base + "/short/word?x=1 said=word&x=1", get("/short/word?x=1").body());
        Reply plainFile = get("/plain-name");
        assertEquals("static text", plainFile.text().strip());
        assertTrue(String.valueOf(plainFile.header("Content-Type")).startsWith("text/plain"), plainFile.headers().toString());
        Reply away = get("/away");
        assertEquals(301, away.status());
        assertEquals("https://example.org/there", away.header("Location"));
        assertEquals(403, get("/no-such-file.txt").status());
    }

    @Test
    default void whatIsRewrittenToNothingIsNotThere() throws Exception {
        for (String url : new String[] {"/put-away.php", "/put-away.txt"}) {
            Reply reply = get(url);
            assertEquals(404, reply.status(), url);
            assertFalse(reply.text().contains("put away"), reply.text());
        }
    }

    @Test
    default void anErrorHasItsPage() throws Exception {
        String base = plain().contextPath();
        Reply denied = post("/by-rule?x=1", "a=b");
        assertEquals(406, denied.status());
        assertEquals("page 406 GET " + base + "/by-rule?x=1 of=406", denied.text());
        try (RawHttp http = new RawHttp(plain().port())) {
            Reply large = http.write("POST " + base + "/body.php HTTP/1.1\r\nHost: x\r\nContent-Length: 40000000\r\n\r\n").read();
            assertEquals(413, large.status());
            assertEquals("<p>too large", large.text());
        }
        Path count = scratch().resolve("app/no-such-directory/count");
        Reply dead = post("/die-at-once.php?count=" + count, "x=1");
        assertEquals(502, dead.status());
        assertEquals("page 502 GET " + base + "/die-at-once.php?count=" + count + " ", dead.body());
    }

    @Test
    default void anErrorOfPhpsOwnGivesWayToIts() throws Exception {
        Reply reply = get("/said.php?code=409&flush=1");
        assertEquals(409, reply.status());
        assertEquals("page 409 GET " + plain().contextPath() + "/said.php?code=409&flush=1 ", reply.body());
        assertNull(reply.header("X-Own"));
        assertEquals(1, reply.all("WWW-Authenticate").size());
        assertTrue(get("/said.php?code=410").body().startsWith("said by PHP"), "without a page PHP's own answer stays");
    }

    @Test
    default void aPageThatIsMissingIsLeftOut() throws Exception {
        Reply reply = get("/sleep.php?ms=4000");
        assertEquals(504, reply.status());
        assertFalse(reply.body().contains("slept"), reply.body());
        assertTrue(plain().log().contains("its page " + plain().contextPath() + "/no-such-page.php cannot be had"), plain().log());
    }
}
