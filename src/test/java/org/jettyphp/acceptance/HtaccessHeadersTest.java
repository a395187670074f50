package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code .htaccess} says of the headers of an answer, in the embedded server, in front of the real php-fpm. */
class HtaccessHeadersTest extends BehindRealFpm {

    @BeforeEach
    void createFront() throws Exception {
        Trees.write(root, "index.php", "<?php echo 'REQUEST_METHOD=', $_SERVER['REQUEST_METHOD'];");
    }

    private void rules(String... lines) throws Exception {
        Trees.write(root, ".htaccess", String.join("\n", lines));
    }

    @Test
    void headersArePutOnPhpsAnswersAndOnFiles() throws Exception {
        rules("Header set X-Set one", "Header always set X-Always two", "Header unset X-Powered-By", "Header append X-List a",
                "Header append X-List b",
                "ExpiresActive On",
                "ExpiresByType text/plain \"access plus 1 hour\"", "AddDefaultCharset utf-8", "AddType text/x-own .own");
        Trees.write(root, "a.own", "own");
        serve();
        Reply php = RawHttp.get(port(), "/index.php");
        assertEquals("one", php.header("X-Set"));
        assertNull(php.header("X-Powered-By"));
        Reply file = RawHttp.get(port(), "/static.txt");
        assertEquals("one two a, b max-age=3600 text/plain; charset=utf-8",
                String.join(" ", file.header("X-Set"), file.header("X-Always"),
                        file.header("X-List"), file.header("Cache-Control"),
                        file.header("Content-Type")));
        assertEquals("text/x-own", RawHttp.get(port(), "/a.own").header("Content-Type"));
        Reply missing = RawHttp.get(port(), "/none");
        assertEquals(404, missing.status());
        assertEquals("two", missing.header("X-Always"));
        assertNull(missing.header("X-Set"));
    }

    /** The answer to a preflight that people write for Apache. */
    @Test
    void aRuleAnswersWithoutPhp() throws Exception {
        rules("Header always set Access-Control-Allow-Origin *", "RewriteEngine On", "RewriteCond %{REQUEST_METHOD} OPTIONS",
                "RewriteRule ^(.*)$ $1 [R=200,L]", "RewriteRule ^ping$ - [R=204]", "ErrorDocument 404 /index.php");
        serve();
        try (RawHttp http = new RawHttp(port())) {
            Reply preflight = http.send("OPTIONS", "/index.php", "").read();
            assertEquals("200 * ", preflight.status() + " " + preflight.header("Access-Control-Allow-Origin") + " " + preflight.body());
        }
        assertEquals(204, RawHttp.get(port(), "/ping").status());
        assertTrue(RawHttp.get(port(), "/index.php").text().contains("REQUEST_METHOD=GET"));
    }

    /** As TYPO3 ships it, and caches of WordPress write it. */
    @Test
    void whatIsSaidForCompressionCountsForFilesThatAreCompressedAlready() throws Exception {
        rules("<IfModule mod_deflate.c>", "<FilesMatch \"\\.js\\.gzip$\">", "AddType \"text/javascript\" .gzip", "</FilesMatch>",
                "AddEncoding gzip .gzip", "<IfModule mod_filter.c>", "AddOutputFilterByType DEFLATE text/css",
                "Header append Vary User-Agent env=!dont-vary", "</IfModule>",
                "RequestHeader append Accept-Encoding \"gzip,deflate\" env=X",
                "SetOutputFilter DEFLATE", "</IfModule>");
        Trees.write(root, "merged.js.gzip", "compressed");
        serve();
        Reply reply = RawHttp.get(port(), "/merged.js.gzip", "Accept-Encoding: gzip");
        assertEquals("text/javascript gzip compressed",
                reply.header("Content-Type") + " " + reply.header("Content-Encoding") + " " + reply.body());
        assertEquals("User-Agent", RawHttp.get(port(), "/index.php").header("Vary"));
    }

    /** Pages that WordPress's caches have stored, and pictures in another format: a shared cache must not give one to everybody. */
    @Test
    void whatRulesSayThatAFileVariesByIsSaid() throws Exception {
        rules("Header set Vary \"Accept-Encoding, Cookie\"", "<Files a.png>", "Header append Vary Accept", "</Files>", "<Files b.png>",
                "Header unset Vary", "</Files>");
        for (String name : List.of("a.html", "a.png", "b.png", "big.html")) {
            Trees.write(root, name, name.startsWith("big") ? "x".repeat(200_000) : name.repeat(100));
        }
        serve();
        for (int times = 0; times < 3; times++) {
            assertEquals("Accept-Encoding, Cookie", vary("/a.html"));
            assertEquals("Accept-Encoding, Cookie", vary("/big.html"));
            assertEquals("Accept-Encoding, Cookie, Accept", vary("/a.png"));
            assertEquals("Accept-Encoding", vary("/b.png"));
        }
        Reply compressed = RawHttp.get(port(), "/a.html", "Accept-Encoding: gzip");
        assertEquals("gzip Accept-Encoding, Cookie", compressed.header("Content-Encoding") + " " + compressed.header("Vary"));
    }

    private String vary(String path) throws Exception {
        return String.valueOf(RawHttp.get(port(), path).header("Vary"));
    }

    @Test
    void partsOfHeadersAreReplaced() throws Exception {
        Trees.write(root, "cookies.php", "<?php setcookie('a', '1'); setcookie('b', '2'); header('X-One: a-b-c'); header('X-Two: a-b-c');"
                + "header('Location: http://a.example/x');");
        rules("SetEnv WHERE https", "Header edit Set-Cookie ^(.*)$ \"$1; HttpOnly; Secure\"", "Header edit X-One - +",
                "Header edit* X-Two - +",
                "Header always edit Location ^http: %{WHERE}e:", "Header edit X-None ^ x", "Header edit X-One a z env=!WHERE");
        serve();
        Reply reply = RawHttp.get(port(), "/cookies.php");
        assertEquals(List.of("a=1; HttpOnly; Secure", "b=2; HttpOnly; Secure"), reply.all("Set-Cookie"));
        assertEquals("a+b-c a+b+c https://a.example/x null", String.join(" ", reply.header("X-One"), reply.header("X-Two"),
                reply.header("Location"), String.valueOf(reply.header("X-None"))));
    }
}
