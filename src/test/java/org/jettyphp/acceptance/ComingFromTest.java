package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jettyphp.config.SettingsFile;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.launch.PhpServerBuilder;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole examples on the page for those who come from another server do what they say. */
class ComingFromTest extends WithServer {

    private static final Pattern EXAMPLE = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);

    private RealFpm fpm;

    @Override
    AutoCloseable behind() {
        return fpm;
    }

    private static List<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(Path.of("src/site/markdown/coming-from.md"))).results().map(found -> found.group(1))
                .toList();
    }

    /** Where it is served and by whom is the test's to say. */
    private void serve(String example) throws Exception {
        fpm = RealFpm.onUnixSocket(Map.of());
        Map<String, String> settings = new LinkedHashMap<>(SettingsFile.values(example, "example"));
        for (String ours : List.of("documentRoot", "target", "port", "host")) {
            settings.remove(ours);
        }
        settings.put("accessLog", "off");
        settings.put("stopTimeout", "500ms");
        PhpServerBuilder builder = PhpServer.serving(root).target(fpm.target());
        start(builder, settings.entrySet().stream().flatMap(each -> java.util.stream.Stream.of(each.getKey(), each.getValue()))
                .toArray(String[]::new));
    }

    private Reply reply(String path) throws Exception {
        try (RawHttp http = new RawHttp(server.port())) {
            return http.write("GET " + path + " HTTP/1.1\r\nHost: shop.example\r\n\r\n").read();
        }
    }

    private String asked(String path) throws Exception {
        Reply reply = reply(path);
        String location = reply.header("Location");
        return reply.status() + " " + (location != null ? location : reply.text());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theWholeExamplesDoWhatTheySay(int which) throws Exception {
        Trees.write(root, "index.php", "<?php echo 'index ', $_SERVER['QUERY_STRING'], ' ', $_SERVER['APP_ENV'];");
        Trees.write(root, "404.php", "<?php echo 'page ', $_SERVER['REDIRECT_STATUS'];");
        Trees.write(root, "50x.html", "sorry");
        Trees.write(root, "failing.php", "<?php http_response_code(500); echo 'own';");
        Trees.write(root, "private/x.txt", "private");
        Trees.write(root, "uploads/evil.php", "<?php echo 'evil';");
        Trees.write(root, "style.css", "p {}");
        serve(examples().get(which));
        boolean caddy = which == 2;
        assertEquals("200 index a=1 prod", asked("/pretty/url?a=1"));
        assertEquals("301 /new/x", asked("/old/x"));
        assertEquals(caddy ? "200 private" : "404 page 404", asked("/private/x.txt"));
        assertEquals(which == 0 ? "500 sorry" : "500 own", asked("/failing.php"));
        assertEquals(which == 0 ? 403 : 200, Integer.parseInt(asked("/uploads/evil.php").substring(0, 3)));
        assertEquals(caddy ? null : "max-age=86400", reply("/style.css").header("Cache-Control"));
    }
}
