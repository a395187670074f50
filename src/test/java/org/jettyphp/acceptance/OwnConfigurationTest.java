package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jettyphp.launch.Main;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file of {@code --config}, with its passwords, where an application's own files are. */
class OwnConfigurationTest {

    private Path root;

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
    }

    @AfterEach
    void deleteRoot() throws Exception {
        Trees.delete(root);
    }

    private WayOfUse serve(Path configuration) throws Exception {
        return ServerProcess.start(new ServerProcess.Plan(Trees.create(), List.of(ServerProcess.java(), "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "serve", root.toString(), "--port", "0", "--target",
                "/run/no-php-fpm-here.sock", "--access-log", "off", "--config", configuration.toString()), Map.of(),
                MainClassIT.READY, "", Set.of()));
    }

    private static int status(WayOfUse server, String path) throws Exception {
        return RawHttp.get(server.port(), path).status();
    }

    @Test
    void itIsNotThereForAnybodyWhateverItsName() throws Exception {
        Path configuration = Trees.write(root, "site/server.txt", "adminIni.mysqli.default_pw = secret\nallow = /site");
        Trees.write(root, "site/other.txt", "for everybody");
        Files.createSymbolicLink(root.resolve("link.txt"), configuration);
        Files.createLink(root.resolve("again.txt"), configuration);
        try (WayOfUse server = serve(configuration)) {
            for (String path : List.of("/site/server.txt", "/site/%73erver.txt", "//site/./server.txt", "/link.txt", "/again.txt")) {
                assertEquals(404, status(server, path), path);
            }
            assertEquals(200, status(server, "/site/other.txt"));
        }
    }

    /** A deploy puts another file in its place, which is read from then on. */
    @Test
    void theSameAfterTheRootsLinkHasBeenSwitched() throws Exception {
        Trees.write(root, "1/server.txt", "index = index.html");
        Trees.write(root, "2/server.txt", "index = index.html");
        Path current = Files.createSymbolicLink(root.resolve("current"), Path.of("1"));
        Path releases = root;
        root = current;
        try (WayOfUse server = serve(current.resolve("server.txt"))) {
            assertEquals(404, status(server, "/server.txt"));
            Files.delete(current);
            Files.createSymbolicLink(current, Path.of("2"));
            assertEquals(404, status(server, "/server.txt"));
        } finally {
            root = releases;
        }
    }
}
