package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.launch.PhpServerBuilder;
import org.jettyphp.peers.PeerServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.RealNginx;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks the real nginx and this server the same, with the same {@code try_files}, and with error pages. What differs on purpose is explained. */
class RoutingBesideNginxTest {

    private static final List<String> TRY_FILES = List.of("$uri $uri/ /index.php?$args", "$uri $uri/ /index.php$is_args$args",
            "$uri $uri/ /index.php?$query_string", "$uri $uri/ /index.php", "$uri $uri/ /index.php?q=$uri&$args", "$uri $uri/ =404",
            "$uri /index.php$is_args$args", "$uri $uri/ /index.php$uri?$args", "$uri $uri.html $uri/ /index.php?$args", "$uri $uri/ =403",
            "$uri $uri/index.html /page.html", "$uri /cache$uri.html /index.php?$args");

    private static final List<String> URLS = List.of("/", "/?a=1", "/index.php", "/index.php?a=1", "/style.css", "/style.css?v=1",
            "/missing",
            "/missing?a=1&b=2", "/missing/deeper/", "/a%20b", "/%C3%A4", "/dir", "/dir/", "/dir?a=1", "/dir/page.html", "/dir/page",
            "/dir/page?a=1", "/static", "/static/", "/static/?a=1", "/script.php/info?a=1", "/script.php", "/page", "/both", "/both/",
            "/cached", "/cached?a=1", "/missing.css", "/style.css/", "//missing//x", "/a/../missing", "/empty", "/empty/",
            "/missing.php", "/missing.php?a=1");

    /** Where nginx has 403, and 404; here the next element answers. */
    private static final List<String> DIFFERENT = List.of("/empty/", "/missing.php", "/missing.php?a=1");

    private static final String ECHO =
            "<?php header('Content-Type: text/plain'); foreach (['REQUEST_METHOD', 'REQUEST_URI', 'SCRIPT_NAME', "
                    + "'PATH_INFO', 'QUERY_STRING'] as $n) echo $n, '=', $_SERVER[$n] ?? '', ' ';";

    private static final String PAGES =
            "error_page 404 /error.php; error_page 403 /page.html; error_page 500 502 503 504 /error.php?of=5xx; "
                    + "fastcgi_intercept_errors on;";

    private static Path root;
    private static RealFpm fpm;
    private static PeerServer nginx;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(RealNginx.missing().isEmpty(), () -> RealNginx.missing().orElse(""));
        root = Trees.create();
        for (String script : List.of("index.php", "dir/index.php", "script.php", "error.php")) {
            Trees.write(root, script, ECHO);
        }
        Trees.write(root, "said.php",
                "<?php header('WWW-Authenticate: Basic'); header('X-Own: 1'); http_response_code((int) $_GET['code']); echo 'own';");
        for (String file : List.of("style.css", "dir/page.html", "static/index.html", "page.html", "both.html", "both/index.html",
                "cache/cached.html")) {
            Trees.write(root, file, "file " + file);
        }
        Trees.write(root, "empty/x.txt", "x");
        fpm = RealFpm.onUnixSocket(Map.of());
        List<String> locations = new ArrayList<>(TRY_FILES.stream().map(each -> "try_files " + each + ";").toList());
        nginx = RealNginx.serving(root, fpm.target(), locations, PAGES);
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {nginx, fpm}) {
            if (part != null) {
                part.close();
            }
        }
        if (root != null) {
            Trees.delete(root);
        }
    }

    private static PhpServer serving(String tryFiles) throws Exception {
        PhpServerBuilder builder = PhpServer.serving(root).target(fpm.target()).port(0).set("accessLog", "off").set("compression", "")
                .set("stopTimeout", "500ms").set("tryFiles", tryFiles).set("errorPage.404", "/error.php").set("errorPage.403", "/page.html")
                .set("errorPage.5xx", "/error.php?of=5xx").set("interceptErrors", "true");
        PhpServer server = builder.build();
        server.start();
        return server;
    }

    private static String asked(int port, String method, String path) throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            Reply reply = http.send(method, path, method.equals("POST") ? "a=b" : "").read(method.equals("HEAD"));
            String location = reply.header("Location");
            String body = reply.status() == 301 ? "" : reply.text();
            return reply.status() + " " + (location == null ? "" : location) + " " + reply.header("X-Own")
                    + reply.header("WWW-Authenticate")
                    + " " + body;
        }
    }

    static List<String> tryFiles() {
        return TRY_FILES;
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("tryFiles")
    void everyUrlLeadsWhereNginxHasIt(String tryFiles) throws Exception {
        List<String> differences = new ArrayList<>();
        try (PhpServer server = serving(tryFiles)) {
            for (String url : URLS) {
                String theirs = asked(nginx.port(TRY_FILES.indexOf(tryFiles)), "GET", url);
                String ours = asked(server.port(), "GET", url);
                if (!normal(theirs).equals(normal(ours)) && !DIFFERENT.contains(url)) {
                    differences.add(url + "\n   nginx " + theirs + "\n   ours  " + ours);
                }
            }
        }
        assertEquals("", String.join("\n", differences));
    }

    /** A trailing separator says nothing; what a path is encoded as in a query is PHP's to decode. */
    private static String normal(String reply) {
        return reply.replaceAll("& $", " ").replaceAll("& (?=\\w+=)", " ").replace("q=/a%20b", "q=/a b").replace("q=/%C3%A4", "q=/ä");
    }

    @ParameterizedTest
    @ValueSource(strings = {"404", "403", "500", "502", "503", "401", "200"})
    void anAnswerOfPhpIsInterceptedAsByNginx(String code) throws Exception {
        try (PhpServer server = serving(TRY_FILES.get(0))) {
            for (String method : List.of("GET", "POST", "HEAD")) {
                String path = "/said.php?code=" + code;
                String theirs = asked(nginx.port(0), method, path);
                String ours = asked(server.port(), method, path);
                // Beside 401, which has no page here, nginx drops it.
                assertEquals(theirs, ours.replace("nullBasic", "nullnull"), method + " " + path);
            }
        }
    }

    @Test
    void whatThereIsNotHasTheSamePage() throws Exception {
        int index = TRY_FILES.indexOf("$uri $uri/ =404");
        try (PhpServer server = serving(TRY_FILES.get(index))) {
            for (String method : List.of("GET", "POST", "HEAD")) {
                assertEquals(asked(nginx.port(index), method, "/none?a=1"), asked(server.port(), method, "/none?a=1"));
            }
        }
    }
}
