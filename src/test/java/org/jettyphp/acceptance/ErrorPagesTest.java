package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code errorPage} and {@code interceptErrors}, in the embedded server, in front of the real php-fpm with one worker. */
class ErrorPagesTest extends BehindRealFpm {

    private Reply get(String path, String... headers) throws Exception {
        return RawHttp.get(port(), path, headers);
    }

    private static void assertReply(int status, String body, Reply reply) {
        assertEquals(status + " " + body, reply.status() + " " + reply.body());
    }

    @Test
    void theExactStatusComesBeforeItsClass() throws Exception {
        Trees.write(root, "all.html", "all");
        serve("errorPage.404", "/error-page.php?own=1", "errorPage.4xx", "/all.html", "noExec", "/dir");
        assertReply(404, "page 404 GET /none?x=1 own=1", get("/none?x=1"));
        assertReply(403, "all", get("/dir/index.php"));
        assertReply(400, "all", get("/a%2F..%2Fb"));
        Reply posted = RawHttp.post(port(), "/none", "a=b");
        assertReply(404, "page 404 GET /none own=1", posted);
    }

    @Test
    void headHasTheHeadAlone() throws Exception {
        serve("errorPage.404", "/error-page.php");
        try (RawHttp http = new RawHttp(port())) {
            assertEquals(404, http.send("HEAD", "/none", "").read(true).status());
            assertReply(404, "page 404 GET /none ", http.send("GET", "/none", "").read());
        }
    }

    @Test
    void whatFailsBehindUsHasItsPageToo() throws Exception {
        fpm = org.jettyphp.peers.RealFpm.onUnixSocket(java.util.Map.of("pm.max_children", "2"));
        serve(PhpServer.serving(root).target(fpm.target()).maxConnections(2), "errorPage.5xx", "/error-page.php", "errorPage.413",
                "/error-page.php?large=1", "responseTimeout", "300ms", "maxRequestBody", "1k");
        String dead = "/die-at-once.php?count=" + state("count");
        assertReply(502, "page 502 GET " + dead + " ", RawHttp.post(port(), dead, "x"));
        assertReply(413, "page 413 GET /body.php large=1", RawHttp.post(port(), "/body.php", "x".repeat(2000)));
        assertReply(413, "page 413 GET /body.php large=1", chunked());
        Reply silent = get("/sleep.php?ms=1000");
        assertReply(504, "page 504 GET /sleep.php?ms=1000 ", silent);
    }

    private Reply chunked() throws Exception {
        try (RawHttp http = new RawHttp(port())) {
            return http.write("POST /body.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + "x".repeat(2000)
                    + "\r\n0\r\n\r\n").read();
        }
    }

    @Test
    void whereNoWorkerIsFreeAPlainFileIsShownAndNoScript() throws Exception {
        Trees.write(root, "busy.html", "busy");
        serve("errorPage.503", "/busy.html", "queueTimeout", "200ms");
        try (RawHttp slow = new RawHttp(port())) {
            slow.send("GET", "/flush.php?until=" + state("go-on"), "").readHead();
            Reply refused = get("/hello.php");
            assertReply(503, "busy", refused);
            assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
        } finally {
            Files.createFile(state("go-on"));
        }
    }

    @Test
    void aScriptIsNotAskedWhereNoWorkerIsFree() throws Exception {
        serve("errorPage.503", "/error-page.php", "queueTimeout", "200ms");
        try (RawHttp slow = new RawHttp(port())) {
            slow.send("GET", "/flush.php?until=" + state("go-on"), "").readHead();
            assertReply(503, "Error 503\n", get("/hello.php"));
        } finally {
            Files.createFile(state("go-on"));
        }
    }

    @ParameterizedTest
    @CsvSource({"404", "410", "500", "503"})
    void answersOfPhpStayUnlessTheyAreIntercepted(int status) throws Exception {
        serve("errorPage.4xx", "/error-page.php", "errorPage.5xx", "/error-page.php");
        assertReply(status, "said by PHP", get("/said.php?code=" + status));
    }

    @ParameterizedTest
    @CsvSource({"404, ''", "410, &flush=1", "500, ''", "503, &flush=1"})
    void answersOfPhpAreIntercepted(int status, String more) throws Exception {
        serve("errorPage.4xx", "/error-page.php?p", "errorPage.5xx", "/error-page.php?p", "interceptErrors", "true");
        String path = "/said.php?code=" + status + more;
        Reply reply = get(path);
        assertReply(status, "page " + status + " GET " + path + " p", reply);
        assertNull(reply.header("X-Own"));
        assertNull(reply.header("Set-Cookie"));
        assertEquals("Basic realm=\"x\"", reply.header("WWW-Authenticate"));
        assertTrue(get("/said.php?code=200" + more).body().startsWith("said by PHP"));
        try (RawHttp http = new RawHttp(port())) {
            assertEquals(status, http.send("HEAD", path, "").read(true).status());
            assertReply(status, "page " + status + " GET " + path + " p", http.send("POST", path, "a=b").read());
        }
    }

    @Test
    void aPageKeepsTheStatusAndIsNotInterceptedItself() throws Exception {
        serve("errorPage.404", "/said.php?code=500", "errorPage.500", "/error-page.php", "interceptErrors", "true");
        assertReply(404, "said by PHP", get("/none"));
        assertReply(404, "said by PHP", get("/said.php?code=404"));
    }

    @Test
    void aPageThatFailsLeadsToNoOther() throws Exception {
        serve("errorPage.404", "/die-at-once.php?count=" + state("count"), "errorPage.5xx", "/error-page.php");
        assertReply(404, "Error 404\n", get("/none"));
    }

    @Test
    void aPageThatCannotBeHadIsLeftOutAndSaidOnceUntilItIsThere() throws Exception {
        serve("errorPage.404", "/own-404.php");
        String said = "404 GET /none: its page /own-404.php cannot be had";
        assertEquals(404, get("/none").status());
        assertEquals(404, get("/none").status());
        assertEquals(2, log.text().split(said, -1).length, log.text());
        assertFalse(log.text().contains("NotFound["), log.text());
        Trees.write(root, "own-404.php", "<?php echo 'there';");
        assertReply(404, "there", get("/none"));
        Files.delete(root.resolve("own-404.php"));
        assertEquals(404, get("/none").status());
        assertEquals(3, log.text().split(said, -1).length, log.text());
    }

    @Test
    void whatIsForNobodyIsNoPage() throws Exception {
        Trees.write(root, "secret.sql", "secret");
        serve("errorPage.404", "/secret.sql");
        Reply reply = get("/none");
        assertEquals(404, reply.status());
        assertFalse(reply.body().contains("secret"), reply.body());
    }

    @Test
    void rulesOfTheApplicationComeFirst() throws Exception {
        Trees.write(root, ".htaccess",
                "ErrorDocument 404 default\nErrorDocument 500 /error-page.php?rule\nErrorDocument 502 /error-page.php?rule");
        serve("errorPage.404", "/error-page.php", "errorPage.410", "/error-page.php", "interceptErrors", "true");
        assertFalse(get("/none").body().startsWith("page"), "the rules say that there is none");
        assertReply(500, "page 500 GET /said.php?code=500 rule", get("/said.php?code=500"));
        assertReply(410, "page 410 GET /said.php?code=410 ", get("/said.php?code=410"));
        String dead = "/die-at-once.php?count=" + state("count");
        assertReply(502, "page 502 GET " + dead + " rule", RawHttp.post(port(), dead, "x"));
    }

    /** The example of the documentation. */
    @Test
    void aPageForMaintenanceIsShownAsLongAsItsFileIsThere() throws Exception {
        String page = Files.readString(java.nio.file.Path.of("src/site/markdown/routing.md"));
        String rules = page.substring(page.indexOf("RewriteCond %{DOCUMENT_ROOT}/maintenance.html"));
        serve("rewrite", rules.substring(0, rules.indexOf("```")), "errorPage.503", "/maintenance.html");
        assertReply(200, "Hello, World!", get("/hello.php"));
        Trees.write(root, "maintenance.html", "soon");
        assertReply(503, "soon", get("/hello.php"));
        assertReply(503, "soon", get("/none"));
        Files.delete(root.resolve("maintenance.html"));
        assertReply(200, "Hello, World!", get("/hello.php"));
    }

    @Test
    void aPageBelongsToTheContext() throws Exception {
        Trees.write(root, "shop/error.html", "of the directory");
        serve("contextPath", "/shop", "errorPage.404", "/shop/error.html");
        assertReply(404, "of the directory", get("/shop/none"));
    }

    @Test
    void whereAFilterBlocksItIsTheSame() throws Exception {
        fpm = org.jettyphp.peers.RealFpm.onUnixSocket(java.util.Map.of("pm.max_children", "1"));
        server = PhpServer.serving(root).port(0).target(fpm.target()).maxConnections(1).set("accessLog", "off").set("stopTimeout", "500ms")
                .set("errorPage.409", "/error-page.php").set("errorPage.502", "/error-page.php").set("interceptErrors", "true").build();
        org.eclipse.jetty.ee11.servlet.FilterHolder blocking = new org.eclipse.jetty.ee11.servlet.FilterHolder(
                (jakarta.servlet.Filter) (request, response, chain) -> chain.doFilter(request, response));
        blocking.setAsyncSupported(false);
        server.context().addFilter(blocking, "/*", java.util.EnumSet.of(jakarta.servlet.DispatcherType.REQUEST));
        server.start();
        assertReply(409, "page 409 GET /said.php?code=409 ", get("/said.php?code=409"));
        String dead = "/die-at-once.php?count=" + state("count");
        assertReply(502, "page 502 GET " + dead + " ", RawHttp.post(port(), dead, "x"));
        assertTrue(log.text().contains("does not support async"), log.text());
    }

    @Test
    void theWorkerIsFreeAgainWhenThePageIsAsked() throws Exception {
        serve("errorPage.409", "/error-page.php", "interceptErrors", "true");
        for (int i = 0; i < 20; i++) {
            assertEquals("page 409 GET /said.php?code=409 ", get("/said.php?code=409").body());
        }
        Until.true_("no slot is taken", () -> waiting() == 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            errorPage.200    | /a.php
            errorPage.404,403| /a.php
            errorPage.3xx    | /a.php
            errorPage.404    | a.php
            errorPage.404    | //evil.example/
            errorPage.404    | https://a.example/
            errorPage.404    | /a b
            """)
    void whatMeansNothingIsRefused(String name, String page) {
        String message = String.valueOf(assertThrows(Exception.class, () -> servePrivately(name, page)).getMessage());
        assertTrue(message.contains(name), message);
    }
}
