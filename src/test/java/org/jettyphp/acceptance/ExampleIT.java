package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.Test;

/** The example as it is shipped, with a php-fpm of its own: packed as a WAR, and in place. */
class ExampleIT {

    private static void checkPages(WayOfUse way) throws Exception {
        assertTrue(get(way, "/").text().contains("PHP, served by Java"), way.log());
        assertTrue(get(way, "/variables.php/a%20b?x=y").text().contains("/variables.php/a%20b?x=y"));
        assertTrue(get(way, "/articles/broken-looks-broken").text().contains("What is broken looks broken"));
        assertEquals(404, get(way, "/articles/not-written").status());
        assertTrue(get(way, "/java/page").text().contains("written by <code>JavaPageServlet</code>"));
        assertTrue(get(way, "/java/page").text().contains("through PHP-FPM, served by"));
        assertTrue(get(way, "/java/forward").text().contains("Hello from Java"));
        assertEquals("nosniff", get(way, "/").header("X-Content-Type-Options"));
        assertEquals(404, get(way, "/WEB-INF/php/page.php").status());
        assertEquals("text/css", get(way, "/assets/style.css").header("Content-Type").split(";")[0]);
        String body = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"n.txt\"\r\n\r\nhello\r\n--B--\r\n";
        Reply upload = RawHttp.post(way.port(), way.contextPath() + "/upload.php", body, "Content-Type: multipart/form-data; boundary=B");
        assertTrue(upload.text().contains("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"), upload.text());
    }

    private static Reply get(WayOfUse way, String path) throws Exception {
        return RawHttp.get(way.port(), way.contextPath() + path);
    }

    @Test
    void theWarRunsInJetty() throws Exception {
        try (WayOfUse way = JettyDistribution
                .start(directory -> Files.copy(Path.of(System.getProperty("example.war")), Path.of(directory + ".war")), Set.of())) {
            checkPages(way);
        }
    }

    @Test
    void theWarRunsInTomcat() throws Exception {
        try (WayOfUse way = TomcatDistribution
                .start(directory -> Files.copy(Path.of(System.getProperty("example.war")), Path.of(directory + ".war")), Set.of())) {
            checkPages(way);
        }
    }

    @Test
    void theDirectoryIsServedByTheMainClass() throws Exception {
        Path place = Trees.create();
        Trees.copy(Path.of("webapp-example"), place.resolve("webapp-example"));
        List<String> command = List.of(ServerProcess.java(), "-jar", System.getProperty("standalone.jar"), "serve",
                place.resolve("webapp-example").toString(),
                "--port", "0");
        try (WayOfUse way =
                ServerProcess.start(new ServerProcess.Plan(place, command, Map.of(), MainClassIT.READY, "", Set.of()))) {
            checkPages(way);
        }
    }

    @Test
    void jettyBaseServesIt() throws Exception {
        // A copy of both, side by side as in the repository: a clone may lie where PHP's workers cannot enter.
        Path place = Trees.create();
        Trees.copy(Path.of("webapp-example"), place.resolve("webapp-example"));
        Trees.copy(Path.of("jetty-base"), place.resolve("jetty-base"));
        List<String> command = List.of(ServerProcess.java(), "-jar", System.getProperty("jetty.home") + "/start.jar",
                "jetty.base=" + place.resolve("jetty-base"),
                "jetty.http.port=0");
        try (WayOfUse way =
                ServerProcess.start(new ServerProcess.Plan(place, command, Map.of(), JettyDistribution.READY, "", Set.of()))) {
            checkPages(way);
        }
    }
}
