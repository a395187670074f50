package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jettyphp.launch.Main;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code serve --site KEY=VALUE}. */
class SitesOfTheMainClassTest {

    private static final Pattern READY = Pattern.compile("Serving .* on http://[a-z.]+:(\\d+)/");

    private Path root;
    private Path site;
    private ServerProcess server;

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        for (String directory : List.of("blog", "shop")) {
            Trees.write(root, directory + "/who.txt", directory);
            Trees.write(root, directory + "/ini.php", "<?php echo ini_get($_GET['name']);");
        }
        site = Trees.write(root, "blog/blog.txt", settings("ini.precision = 10", "workers = 2"));
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        Trees.delete(root);
    }

    private String settings(String... lines) {
        return "documentRoot = " + root.resolve("blog") + "\n" + String.join("\n", lines) + "\n";
    }

    private List<String> command(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(ServerProcess.java(), "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                        "serve", "--port", "0", "--workers", "1"));
        command.addAll(List.of(arguments));
        return command;
    }

    private void serve(String... arguments) throws Exception {
        server = ServerProcess.start(new ServerProcess.Plan(Trees.create(), command(arguments), Map.of(), READY, "", Set.of()));
    }

    private Reply ask(String host, String path) throws Exception {
        try (RawHttp http = new RawHttp(server.port())) {
            return http.write("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").read();
        }
    }

    private int said(String words) throws Exception {
        return server.log().split(Pattern.quote(words), -1).length - 1;
    }

    @Test
    void withoutADirectoryAHostThatNobodyHasIsMisdirected() throws Exception {
        serve("--site", "blog.example=" + site, "--site", "*.shop.example/a=" + root.resolve("shop"));
        assertEquals("blog", ask("blog.example", "/who.txt").body());
        assertEquals("shop", ask("www.shop.example", "/a/who.txt").body());
        Reply nobody = ask("evil.example", "/who.txt");
        assertEquals("421 421 Misdirected Request: no site of this server has this host (setting: site)\n",
                nobody.status() + " " + nobody.body());
        assertEquals(404, ask("www.shop.example", "/who.txt").status());
        assertEquals("ok\n", ask("evil.example", "/-/health").body());
        assertEquals(404, ask("blog.example", "/blog.txt").status(), "its own settings");
        Until.true_("all are named", () -> said("on http://") == 2);
        assertTrue(server.log().contains("Serving " + root.resolve("blog") + " on http://blog.example:" + server.port() + "/\n"),
                server.log());
        assertTrue(server.log().contains("Serving " + root.resolve("shop") + " on http://*.shop.example:" + server.port() + "/a\n"),
                server.log());
    }

    @Test
    void aChangedSettingsFileOfOneSiteCounts() throws Exception {
        Path config = Trees.write(root, "server.properties",
                "ini.serialize_precision = 5\nsite.blog.example = " + site + "\nsite./shop = " + root.resolve("shop") + "\n");
        serve("--config", config.toString());
        assertEquals("10", ask("blog.example", "/ini.php?name=precision").body());
        Files.writeString(site, settings("ini.precision = 11", "workers = 3"));
        Until.true_("it counts", () -> ask("blog.example", "/ini.php?name=precision").body().equals("11"));
        assertEquals("14", ask("localhost", "/shop/ini.php?name=precision").body());
        Until.true_("what waits is named", () -> said("blog.example: Changed, but without effect until a restart: workers\n") == 1);
        Files.writeString(site, settings("ini.precision = 12", "port = 80"));
        Until.true_("a mistake is named", () -> said("The configuration is not taken on: ") == 1 && said("port in " + site) == 1);
        assertEquals(1, said("php-fpm for " + root.resolve("blog") + " reads its configuration anew"), server.log());
        assertEquals(0, said("php-fpm for " + root.resolve("shop") + " reads its configuration anew"), server.log());
        assertEquals("11", ask("blog.example", "/ini.php?name=precision").body());
        Files.writeString(site, settings("ini.precision = 13"));
        Files.writeString(config, "ini.serialize_precision = 6\nstopTimeout = 9s\nsite.blog.example = " + site + "\n");
        RealFpm.signal("HUP", server.pid());
        Until.true_("all count", () -> ask("blog.example", "/ini.php?name=precision").body().equals("13")
                && ask("blog.example", "/ini.php?name=serialize_precision").body().equals("6"));
        Until.true_("a site that is gone waits for a restart",
                () -> said(" Changed, but without effect until a restart: site./shop, stopTimeout\n") == 1);
        assertEquals("shop", ask("localhost", "/shop/who.txt").body());
    }

    @Test
    void eachHasThePresetOfItsDirectory() throws Exception {
        for (String file : List.of("artisan", "bootstrap/app.php", "public/index.php")) {
            Trees.write(root, "app/" + file, "<?php echo 'front';");
        }
        serve("--site", "blog.example=" + site, "--site", "/app=" + root.resolve("app"));
        assertEquals("front", ask("localhost", "/app/no/such/file").body());
        assertEquals("front", ask("localhost", "/app/artisan").body());
        assertEquals(404, ask("blog.example", "/no/such/file").status());
        assertTrue(server.log().contains("/app: Laravel found: document root public, fallback /index.php"), server.log());
        assertTrue(server.log().contains("Serving " + root.resolve("app/public") + " on http://localhost:" + server.port() + "/app\n"),
                server.log());
    }

    @Test
    void oneSiteGivenTwiceIsRefused() throws Exception {
        Process refused = new ProcessBuilder(command("--site", "blog.example=" + site, "--site", "blog.example=" + root.resolve("shop")))
                .redirectErrorStream(true).start();
        String said = new String(refused.getInputStream().readAllBytes());
        assertTrue(refused.waitFor(20, TimeUnit.SECONDS));
        assertEquals(2, refused.exitValue());
        assertTrue(said.contains("flag --site") && said.contains("given again, differently"), said);
    }

    @Test
    void aSiteThatCannotStartIsNamedAndNothingStaysBehind() throws Exception {
        Files.writeString(site, settings("phpFpm = no-such-php-fpm"));
        Process failed = new ProcessBuilder(command("--site", "blog.example=" + site, "--site", "/shop=" + root.resolve("shop")))
                .redirectErrorStream(true).start();
        String said = new String(failed.getInputStream().readAllBytes());
        assertTrue(failed.waitFor(20, TimeUnit.SECONDS));
        assertEquals(1, failed.exitValue());
        assertTrue(said.contains("blog.example: jetty-php-fpm cannot start: "), said);
        assertFalse(said.contains("\tat "), said);
    }

    @Test
    void theConfigurationIsShownForEachSite() throws Exception {
        Process shown = new ProcessBuilder(command("--show-config", "--ini", "precision=9", "--site", "blog.example=" + site))
                .redirectErrorStream(true).start();
        String said = new String(shown.getInputStream().readAllBytes());
        assertEquals(0, shown.waitFor());
        String[] parts = said.split("# site blog.example\n");
        assertEquals(2, parts.length, said);
        assertTrue(parts[0].matches("(?s).*\nport +0 .*") && parts[0].matches("(?s).*\nini.precision +9 .*"), said);
        assertTrue(parts[1].matches("(?s).*ini.precision +10 +# ini.precision in " + site + "\n.*"), said);
        assertTrue(parts[1].matches("(?s).*documentRoot +" + root.resolve("blog") + " .*"), said);
        assertFalse(parts[1].contains("\nport "), said);
    }
}
