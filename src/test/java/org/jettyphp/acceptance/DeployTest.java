package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A document root that is a link, which a deploy switches, in front of PHP's opcache. */
class DeployTest extends WithServer {

    private static final String CACHED = "/cached.php";

    private RealFpm fpm;

    @BeforeEach
    void layOut() throws Exception {
        root = root.toRealPath();
        for (String release : new String[] {"one", "two"}) {
            Trees.write(root, release + "/index.php", "<?php require 'part.php'; echo PART, ' in " + release + "';");
            Trees.write(root, release + "/part.php", "<?php const PART = 'part of " + release + "';");
            Trees.write(root, release + CACHED, "<?php echo (int) (function_exists('opcache_is_script_cached')"
                    + " && opcache_is_script_cached(realpath($_GET['file'])));");
            Trees.write(root, release + "/style.css", "style of " + release);
        }
        deploy("one");
    }

    private void deploy(String release) throws Exception {
        Files.createSymbolicLink(root.resolve("next"), Path.of(release));
        Files.move(root.resolve("next"), root.resolve("current"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    AutoCloseable behind() {
        return fpm;
    }

    /** Not even one that never looks whether a file has changed. */
    @Test
    void opcacheNeverServesTheOldRelease() throws Exception {
        Map<String, String> directives = new HashMap<>();
        directives.put("php_admin_value[opcache.enable]", "1");
        directives.put("php_admin_value[opcache.validate_timestamps]", "0");
        directives.put("php_admin_value[opcache.file_update_protection]", "0");
        fpm = RealFpm.onUnixSocket(directives);
        int port =
                start(PhpServer.serving(root.resolve("current")).target(fpm.target()).set("accessLog", "off").set("stopTimeout", "500ms"));
        assertServed(port, "one");
        assumeFalse(RawHttp.get(port, CACHED + "?file=index.php").body().equals("0"), "this PHP has no opcache");
        for (String release : new String[] {"two", "one", "two"}) {
            deploy(release);
            assertServed(port, release);
        }
        // The cache holds what it has read, or the above says nothing.
        Trees.write(root, "two/index.php", "<?php echo 'changed';");
        assertServed(port, "two");
    }

    private static void assertServed(int port, String release) throws Exception {
        assertEquals("part of " + release + " in " + release, RawHttp.get(port, "/").body());
        assertEquals("part of " + release + " in " + release, RawHttp.get(port, "/index.php").body());
        assertEquals("style of " + release, RawHttp.get(port, "/style.css").body());
    }
}
