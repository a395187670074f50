package org.jettyphp.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.launch.PhpServerBuilder;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.BeforeEach;

/** A server in front of the real php-fpm with one worker, both new for each test. */
abstract class BehindRealFpm extends WithServer {

    RealFpm fpm;
    final Heard heard = new Heard();

    @BeforeEach
    void createApplication() throws Exception {
        Trees.copy(Path.of("src/test/php"), root);
        Path state = Files.createDirectory(root.resolve("state"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Override
    AutoCloseable behind() {
        return fpm;
    }

    void stopServer() {
        try {
            server.close();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    int serve(String... settings) throws Exception {
        return serve(RealFpm.onUnixSocket(Map.of("pm.max_children", "1")), settings);
    }

    int serve(RealFpm behind, String... settings) throws Exception {
        fpm = behind;
        return serve(PhpServer.serving(root).target(fpm.target()).maxConnections(1), settings);
    }

    int servePrivately(String... settings) throws Exception {
        return serve(PhpServer.serving(root).set("workers", "1"), settings);
    }

    int serve(PhpServerBuilder builder, String... settings) throws Exception {
        return start(builder.listener(heard).set("stopTimeout", "500ms").set("accessLog", root.resolve("access.log").toString()), settings);
    }

    int port() {
        return server.port();
    }

    /** A file that PHP may write, or wait for. */
    Path state(String name) {
        return root.resolve("state").resolve(name);
    }

    static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    String accessLog() throws IOException {
        return Files.readString(root.resolve("access.log"));
    }
}
