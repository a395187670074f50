package org.jettyphp.acceptance;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Everything a way of use must do. Two servers are started in that way: a plain one in front of a php-fpm on a Unix socket, and one with a
 * front controller and kept connections in front of a php-fpm on TCP.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AcceptanceSuite
        implements
            Scripts,
            PlainFiles,
            SentFiles,
            Requests,
            Answers,
            Failures,
            Impatience,
            OverHttp2,
            JavaBeside,
            FrontController,
            Routed {

    private static final Path FIXTURES = Path.of("src/test/php");

    private Path root;
    private RealFpm onSocket;
    private RealFpm onTcp;
    private WayOfUse plain;
    private WayOfUse front;

    /** The way of use. */
    abstract WayOfUse start(Path documentRoot, Map<String, String> settings) throws Exception;

    @BeforeAll
    void startBoth() throws Exception {
        root = Trees.create();
        Trees.copy(FIXTURES, root.resolve("app"));
        Path app = root.resolve("app");
        Trees.write(app, "päge über.php", "<?php echo 'umlaut ', $_SERVER['SCRIPT_NAME'], ' ', $_SERVER['PATH_INFO'] ?? '-';");
        Trees.write(app, "java/hello.php", "<?php echo 'PHP';");
        Trees.write(app, "java/report.sql", "SECRET");
        Trees.write(app, "100%41.php", "script named <?= basename(__FILE__);");
        java.nio.file.Files.createSymbolicLink(app.resolve("innocent.txt"), app.resolve("old.phtml"));
        Trees.write(app, ".env", "PASSWORD=x");
        Trees.write(app, ".git/config", "[core]");
        Trees.write(app, ".well-known/x", "well known");
        Trees.write(root, "outside.php", "<?php echo 'OUTSIDE';");
        java.nio.file.Files.createSymbolicLink(app.resolve("leads-out.php"), root.resolve("outside.php"));
        Trees.write(app, "uploads/evil.php", "<?php echo 'EVIL';");
        Trees.write(app, "style.css", "body { color: red }");
        java.nio.file.Files.createSymbolicLink(app.resolve("linked.css"), Path.of("style.css"));
        for (String denied : PlainFiles.DENIED) {
            Trees.write(app, denied.substring(1), "<?php echo 'SECRET';");
        }
        SentFiles.write(root);
        Routed.write(root, app);
        Trees.write(root, "share/lib.js", "let shared = true;");
        java.nio.file.Files.createSymbolicLink(app.resolve("shared"), root.resolve("share"));
        onSocket = RealFpm.onUnixSocket(Map.of("php_admin_value[post_max_size]", "64M", "php_admin_value[upload_max_filesize]", "64M"));
        onTcp = RealFpm.onTcp(Map.of("php_admin_value[post_max_size]", "1M"));
        Map<String, String> settings = new HashMap<>(Map.of("target", onSocket.target(), "maxConnections", "4", "responseTimeout", "1500ms",
                "param.GREETING", "${attr:greeting}", "param.FROM_HEADER", "<${header:X-Test}>", "ini.memory_limit", "77M",
                "maxRequestBody", "32m", "noExec", "/uploads", "allowedRoots", root.resolve("share").toString(),
                "cacheControl.*.css", "max-age=60"));
        settings.put("sendfileRoots", root.resolve("private").toString());
        settings.putAll(Routed.settings(root));
        settings.put("internalLocation./protected", root.resolve("private").toString());
        plain = start(app, settings);
        front = start(app, Map.of("target", "tcp://" + onTcp.target(), "maxConnections", "4", "keepAlive", "2", "fallback", "/front.php",
                "bodyTimeout", "1s", "sendTimeout", "1s"));
    }

    @AfterAll
    void stopBoth() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {front, plain, onTcp, onSocket}) {
            if (part != null) {
                part.close();
            }
        }
        Trees.delete(root);
    }

    @Override
    public WayOfUse plain() {
        return plain;
    }

    @Override
    public WayOfUse front() {
        return front;
    }

    @Override
    public RealFpm fpm() {
        return onSocket;
    }

    @Override
    public Path scratch() {
        return root;
    }

    static Reply get(WayOfUse way, String path, String... headers) throws Exception {
        return RawHttp.get(way.port(), way.contextPath() + path, headers);
    }
}
