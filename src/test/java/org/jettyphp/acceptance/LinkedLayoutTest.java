package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application laid out as Debian does: absolute links from {@code /var/lib} into {@code /usr/share} and back, and on into {@code /etc}. */
class LinkedLayoutTest extends WithServer {

    private RealFpm fpm;
    private Path share;
    private Path library;

    @BeforeEach
    void layOut() throws Exception {
        root = root.toRealPath();
        share = root.resolve("usr/share/app");
        library = root.resolve("usr/share/javascript");
        Path state = root.resolve("var/lib/app");
        Trees.write(share, "index.php", "<?php require __DIR__ . '/includes/page.php';");
        Trees.write(share, "includes/page.php", "<?php require '" + state + "/settings.php'; echo 'page of ', NAME;");
        Trees.write(share, "setup/index.php", "<?php echo 'setup ', $_SERVER['SCRIPT_NAME'], ' ', $_SERVER['DOCUMENT_ROOT'];");
        Trees.write(share, "setup/setup.css", "body { color: green }");
        Trees.write(share, "vendor/autoload.php", "<?php echo 'SECRET';");
        Trees.write(share, ".hidden", "SECRET");
        Trees.write(library, "lib.js", "let shared = true;");
        Trees.write(root, "etc/app/settings.php", "<?php const NAME = 'ours';");
        Trees.write(state, "images/photo.svg", "<svg/>");
        for (String name : new String[] {"index.php", "includes", "setup", "vendor"}) {
            Files.createSymbolicLink(state.resolve(name), share.resolve(name));
        }
        Files.createSymbolicLink(state.resolve("hidden.txt"), share.resolve(".hidden"));
        Files.createSymbolicLink(state.resolve("settings.php"), root.resolve("etc/app/settings.php"));
        Files.createSymbolicLink(share.resolve("images"), state.resolve("images"));
        Files.createSymbolicLink(share.resolve("lib.js"), library.resolve("lib.js"));
        Files.createSymbolicLink(state.resolve("lib.js"), share.resolve("lib.js"));
    }

    @Override
    AutoCloseable behind() {
        return fpm;
    }

    private int serve(String... settings) throws Exception {
        fpm = RealFpm.onUnixSocket(Map.of());
        return start(
                PhpServer.serving(root.resolve("var/lib/app")).target(fpm.target()).set("accessLog", "off").set("stopTimeout", "500ms"),
                settings);
    }

    @ParameterizedTest
    @CsvSource({"/, page of ours", "/index.php, page of ours", "/setup/setup.css, body { color: green }", "/lib.js, let shared = true;",
            "/images/photo.svg, <svg/>"})
    void itWorksWithItsAllowedRoots(String path, String body) throws Exception {
        int port = serve("allowedRoots", share + " " + library);
        Reply reply = RawHttp.get(port, path);
        assertEquals(200, reply.status(), log.text());
        assertEquals(body, reply.body());
    }

    @Test
    void aDirectoryBehindALinkHasItsIndexAndItsSlash() throws Exception {
        int port = serve("allowedRoots", share.toString());
        assertEquals("/setup/", RawHttp.get(port, "/setup").header("Location"));
        assertEquals("setup /setup/index.php " + root + "/var/lib/app", RawHttp.get(port, "/setup/").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/index.php", "/setup/", "/setup", "/setup/setup.css", "/lib.js"})
    void withoutThemTheLogSaysWhatToSet(String path) throws Exception {
        assertEquals(403, RawHttp.get(serve(), path).status());
        assertTrue(log.text().contains("if links may lead there, add its directory to allowedRoots"), log.text());
    }

    /** The last link decides: a root that is allowed leads no further. */
    @ParameterizedTest
    @CsvSource({"/lib.js, 403", "/settings.php, 403", "/hidden.txt, 403", "/vendor/autoload.php, 404"})
    void whatIsForNobodyStaysSo(String path, int status) throws Exception {
        Reply reply = RawHttp.get(serve("allowedRoots", share.toString()), path);
        assertEquals(status, reply.status());
        assertFalse(reply.body().contains("SECRET"), reply.body());
    }
}
