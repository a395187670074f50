package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.jettyphp.events.PhpListener;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.launch.PhpServerBuilder;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RawHttp2;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several applications in one server, each with a php-fpm of its own. */
class SitesTest extends WithSites {

    private int serveThree(String... ofAll) throws Exception {
        PhpServerBuilder three = main().set("ini.precision", "9")
                .set("site.blog.example", settings("blog", "ini.precision = 10", "maxRequestBody = 1k", "workers = 2"))
                .set("site.*.example", directory("wild"))
                .set("site./shop", settings("shop", "ini.precision = 12", "fallback = /ask.php"));
        return start(three, ofAll);
    }

    private Reply ask(String host, String path) throws Exception {
        return ask(host, "GET", path, 0);
    }

    private Reply ask(String host, String method, String path, int body) throws Exception {
        try (RawHttp http = new RawHttp(server.port())) {
            String length = body == 0 ? "" : "Content-Length: " + body + "\r\n";
            return http.write(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + length + "\r\n" + "b".repeat(body)).read();
        }
    }

    private String body(String host, String path) throws Exception {
        return ask(host, path).body();
    }

    private long master(String host, String path) throws Exception {
        long worker = Long.parseLong(body(host, path));
        return ProcessHandle.of(worker).orElseThrow().parent().orElseThrow().pid();
    }

    @Test
    void eachHasItsOwnSettingsAndPool() throws Exception {
        serveThree();
        assertEquals("9", body("localhost", "/ini.php?name=precision"));
        assertEquals("10", body("blog.example", "/ini.php?name=precision"));
        assertEquals("9", body("other.example", "/ini.php?name=precision"));
        assertEquals("12", body("localhost", "/shop/ini.php?name=precision"));
        assertEquals("12", body("blog.example", "/shop/ini.php?name=precision"));
        assertEquals(413, ask("blog.example", "POST", "/ask.php?name=X", 2000).status());
        assertEquals("-", ask("localhost", "POST", "/shop/ask.php?name=X", 2000).body());
        assertEquals("1024", body("blog.example", "/ini.php?name=post_max_size"));
        assertEquals(200, ask("localhost", "/shop/no/such/file").status());
        assertEquals(404, ask("blog.example", "/no/such/file").status());
        assertEquals(4, Stream.of(master("localhost", "/pid.php"), master("blog.example", "/pid.php"), master("x.example", "/pid.php"),
                master("localhost", "/shop/pid.php")).distinct().count());
        String pool = Files.readString(Path.of("/proc", body("blog.example", "/pid.php"), "cmdline"));
        assertTrue(pool.contains("pool blog.example"), pool);
    }

    @Test
    void phpSeesThePathOfItsSite() throws Exception {
        serveThree();
        String shop = root.resolve("shop").toRealPath().toString();
        assertEquals("/shop/ask.php", body("localhost", "/shop/ask.php?name=SCRIPT_NAME"));
        assertEquals("/shop/ask.php/a/b", body("localhost", "/shop/ask.php/a/b?name=PHP_SELF"));
        assertEquals(shop, body("localhost", "/shop/ask.php?name=DOCUMENT_ROOT"));
        assertEquals(shop + "/ask.php", body("localhost", "/shop/ask.php?name=SCRIPT_FILENAME"));
        assertEquals("/shop/ask.php?name=REQUEST_URI", body("localhost", "/shop/ask.php?name=REQUEST_URI"));
        assertEquals("/shop", body("localhost", "/shop/ask.php?name=CONTEXT_PREFIX"));
        assertEquals("/ask.php", body("blog.example", "/ask.php?name=SCRIPT_NAME"));
        assertEquals("blog.example", body("blog.example:8080", "/ask.php?name=SERVER_NAME"));
        assertEquals("/shop/", ask("localhost", "/shop").header("Location"));
        assertEquals("/shop/state/", ask("localhost", "/shop/state").header("Location"));
    }

    @Test
    void theRulesOfItsDirectoryCountBelowItsPath() throws Exception {
        Trees.write(root, "shop/.htaccess",
                "RewriteEngine On\nRewriteRule ^page/(.+)$ ask.php?name=$1 [L]\nRewriteRule ^old$ new [R=301,L]\n");
        serveThree();
        assertEquals("/shop/ask.php", body("localhost", "/shop/page/SCRIPT_NAME"));
        assertEquals("/shop/page/REQUEST_URI", body("blog.example", "/shop/page/REQUEST_URI"));
        assertEquals("/shop/new", ask("localhost", "/shop/old").header("Location"));
        assertEquals(404, ask("localhost", "/page/SCRIPT_NAME").status());
        assertEquals(404, ask("blog.example", "/page/SCRIPT_NAME").status());
    }

    @Test
    void aTrustedProxySaysForWhichHost() throws Exception {
        start(main().target(NOBODY).set("site.blog.example", directory("blog")), "trustedProxies", "127.0.0.1");
        try (RawHttp http = new RawHttp(server.port())) {
            assertEquals("blog",
                    http.send("GET", "/who.txt", "", "X-Forwarded-For: 10.0.0.1", "X-Forwarded-Host: blog.example").read().body());
            assertEquals("main", http.send("GET", "/who.txt", "", "X-Forwarded-For: 10.0.0.1").read().body());
        }
    }

    @Test
    void aPhpFpmThatDiesDoesNotDisturbTheOthers() throws Exception {
        serveThree();
        long blog = master("blog.example", "/pid.php");
        long shop = Long.parseLong(body("localhost", "/shop/pid.php"));
        RealFpm.signal("KILL", blog);
        for (int i = 0; i < 20; i++) {
            assertEquals(Long.toString(shop), body("localhost", "/shop/pid.php"));
        }
        Until.true_("it comes back", () -> ask("blog.example", "/pid.php").status() == 200 && master("blog.example", "/pid.php") != blog);
        assertEquals(Long.toString(shop), body("localhost", "/shop/pid.php"));
    }

    @ParameterizedTest
    @CsvSource({"blog.example, /who.txt, blog", "BLOG.example:80, /who.txt, blog", "blog.example., /who.txt, blog",
            "a.example, /who.txt, wild",
            "a.b.example, /who.txt, wild", "example, /who.txt, main", "localhost, /who.txt, main", "localhost, /shop/who.txt, shop",
            "blog.example, /shop/who.txt, shop", "blog.example, /sh%6Fp/who.txt, shop", "blog.example, /x/../shop/../who.txt, blog",
            "blog.example, /shop/deep/who.txt, deep", "a.example, /shop/deep/who.txt, shop", "blog.example, /shops/who.txt, -",
            "blog.example, /shop/who.txt/../../who.txt, blog", "blog.example, //shop/who.txt, -"})
    void theLongestPathThenTheHostCounts(String host, String path, String site) throws Exception {
        Trees.write(root, "shop/deep/who.txt", "shop");
        start(main().target(NOBODY).set("site.blog.example", directory("blog")).set("site.*.example", directory("wild"))
                .set("site./shop", directory("shop")).set("site.blog.example:8080/shop/deep/", directory("deep")));
        Reply reply = ask(host, path);
        assertEquals(site, reply.status() == 200 ? reply.body() : "-", reply.status() + reply.body());
    }

    @Test
    void overHttp2TheAuthorityCounts() throws Exception {
        start(main().target(NOBODY).set("site.authority.example", directory("blog")));
        try (RawHttp2 http = new RawHttp2(server.port())) {
            assertEquals("blog", http.get("/who.txt").read().body());
        }
    }

    @Test
    void theLogAndTheNameInJmxSayWhichSite() throws Exception {
        Path blogs = root.resolve("blog.log");
        Path all = root.resolve("all.log");
        Files.createSymbolicLink(root.resolve("shop/out.txt"), Path.of("/etc/hostname"));
        start(main().target(NOBODY).set("site.blog.example", settings("blog", "accessLog = " + blogs)).set("site./shop", directory("shop")),
                "accessLog", all.toString());
        assertEquals(503, ask("blog.example", "/pid.php").status());
        assertEquals(403, ask("localhost", "/shop/out.txt").status());
        assertEquals(200, ask("localhost", "/who.txt").status());
        assertTrue(log.text().contains("blog.example: PHP-FPM at unix:" + NOBODY), log.text());
        assertTrue(log.text().contains("503 GET /pid.php (site blog.example, script "), log.text());
        assertTrue(log.text().contains("403 GET /out.txt (site /shop): "), log.text());
        // Each line is written when its answer is out, so the client may have asked on.
        Until.true_("logged", () -> Files.readAllLines(all).size() == 2 && !Files.readString(blogs).isEmpty());
        assertTrue(Files.readString(all).matches("(?s).*GET /shop/out.txt HTTP/1.1\" 403 [^\n]* site=/shop\n.*"), Files.readString(all));
        assertTrue(Files.readString(all).matches("(?s).*GET /who.txt HTTP/1.1\" 200 [^\n]* site=/\n.*"), Files.readString(all));
        assertFalse(Files.readString(all).contains("pid.php"));
        assertTrue(Files.readString(blogs).matches(".*GET /pid.php HTTP/1.1\" 503 .* site=blog.example\n"), Files.readString(blogs));
        ObjectName shop = new ObjectName("org.jettyphp:type=Upstream,context=\"/shop\",site=\"/shop\"");
        assertTrue(ManagementFactory.getPlatformMBeanServer().isRegistered(shop));
    }

    @Test
    void aListenerHearsForWhichSite() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        start(main().target(NOBODY).set("site.blog.example", directory("blog")).listener(new PhpListener() {
            @Override
            public void queued(RequestInfo request) {
                heard.add(request.site());
            }
        }));
        ask("blog.example", "/pid.php");
        ask("localhost", "/pid.php");
        assertEquals(List.of("blog.example", "/"), heard);
    }

    @Test
    void aWholeWebApplicationMayBeOne() throws Exception {
        Trees.write(root, "shop/WEB-INF/web.xml", "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\"/>");
        Trees.write(root, "blog/WEB-INF/web.xml", "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\"/>");
        start(main().set("site.blog.example", directory("blog")).set("site./shop", directory("shop")));
        assertEquals("/ask.php", body("blog.example", "/ask.php?name=SCRIPT_NAME"));
        assertEquals("/shop/ask.php", body("localhost", "/shop/ask.php?name=SCRIPT_NAME"));
        assertEquals(404, ask("localhost", "/shop/WEB-INF/web.xml").status());
        assertEquals("main", body("localhost", "/who.txt"));
    }

    @Test
    void allShareOneSpaceForBodies() throws Exception {
        Path spool = Files.createDirectory(root.resolve("spool"));
        serveThree("spoolDirectory", spool.toString(), "maxSpool", "100k", "requestBuffer", "1k", "bufferMemory", "1k");
        try (Stream<Path> all = Files.list(spool)) {
            assertEquals(1, all.count());
        }
        assertEquals(503, ask("localhost", "POST", "/shop/ask.php?name=X", 200_000).status());
        server.close();
        try (Stream<Path> all = Files.list(spool)) {
            assertEquals(0, all.count());
        }
    }

    /** In steps: a signal ends one. */
    private void workAfterAnswering(int seconds) throws Exception {
        for (String site : List.of("main", "blog", "wild", "shop")) {
            Trees.write(root, site + "/after.php",
                    "<?php fastcgi_finish_request(); for ($i = 0; $i < " + seconds + "0; $i++) usleep(100000);"
                            + " touch('" + directory(site) + "/state/finished');");
        }
        assertEquals(200, ask("localhost", "/after.php").status());
        assertEquals(200, ask("blog.example", "/after.php").status());
        assertEquals(200, ask("a.example", "/after.php").status());
        assertEquals(200, ask("localhost", "/shop/after.php").status());
    }

    @Test
    void allMayFinishWhatTheyDo() throws Exception {
        serveThree("stopTimeout", "20s");
        workAfterAnswering(1);
        server.close();
        for (String site : List.of("main", "blog", "wild", "shop")) {
            assertTrue(Files.exists(root.resolve(site + "/state/finished")), site);
        }
    }

    /** Four with 2 s each would take 8. */
    @Test
    void allHaveOneAndTheSameTimeForIt() throws Exception {
        serveThree("stopTimeout", "2s");
        workAfterAnswering(60);
        assertTimeout(Duration.ofSeconds(6), server::close);
    }

    @Test
    void theNamesOfTheServerAreNotThoseOfASiteWithAHost() throws Exception {
        start(main().target(NOBODY).set("hosts", "localhost").set("site.blog.example", directory("blog")).set("site./shop",
                directory("shop")));
        assertEquals("blog", body("blog.example", "/who.txt"));
        assertEquals("shop", body("localhost", "/shop/who.txt"));
        assertEquals(421, ask("evil.example", "/shop/who.txt").status());
    }

    @Test
    void whatIsDeniedForAllIsDeniedForASiteThatDeniesMore() throws Exception {
        Trees.write(root, "blog/a.first", "a");
        Trees.write(root, "blog/a.second", "a");
        start(main().target(NOBODY).set("deny", "*.first").set("site.blog.example", settings("blog", "deny = *.second")));
        assertEquals(404, ask("blog.example", "/a.first").status());
        assertEquals(404, ask("blog.example", "/a.second").status());
        assertEquals(200, ask("blog.example", "/who.txt").status());
    }

    @Test
    void aServletOfJavaBelongsToOneSite() throws Exception {
        server = main().port(0).target(NOBODY).set("site.blog.example", directory("blog")).build();
        server.context("blog.example").addServlet(JavaPages.class, "/java/*");
        server.start();
        assertNotEquals(404, ask("blog.example", "/java/").status());
        assertEquals(404, ask("localhost", "/java/").status());
        assertThrows(IllegalArgumentException.class, () -> server.context("none.example"));
    }
}
