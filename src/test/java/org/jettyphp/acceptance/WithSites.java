package org.jettyphp.acceptance;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.launch.PhpServerBuilder;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.BeforeEach;

/** Directories of several applications, for a server of them. */
abstract class WithSites extends WithServer {

    static final String NOBODY = "/run/no-php-fpm-here.sock";

    @BeforeEach
    void createSites() throws Exception {
        for (String site : List.of("main", "blog", "shop", "wild", "deep")) {
            Trees.write(root, site + "/who.txt", site);
            Trees.write(root, site + "/ask.php", "<?php echo $_SERVER[$_GET['name']] ?? '-';");
            Trees.write(root, site + "/ini.php", "<?php echo ini_get($_GET['name']);");
            Trees.write(root, site + "/pid.php", "<?php echo getmypid();");
            Files.setPosixFilePermissions(Files.createDirectory(root.resolve(site + "/state")),
                    PosixFilePermissions.fromString("rwxrwxrwx"));
        }
    }

    PhpServerBuilder main() {
        return PhpServer.serving(root.resolve("main")).set("workers", "1").set("stopTimeout", "500ms").set("accessLog", "off");
    }

    String settings(String site, String... lines) throws Exception {
        String all = "documentRoot = " + root.resolve(site) + "\n" + String.join("\n", lines) + "\n";
        return Trees.write(root, site + ".properties", all).toString();
    }

    String directory(String site) {
        return root.resolve(site).toString();
    }
}
