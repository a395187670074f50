package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.junit.jupiter.api.Test;

/** Debian's packages where they are, if they are installed, with the {@code allowedRoots} of the documentation: what their links lead to is sent. */
class DebianPackagesTest extends BehindFakeFpm {

    private static final String PLAIN = "[A-Za-z0-9_./-]+\\.(js|css|png|gif|svg)";
    private static final int DEPTH = 6;

    @Test
    void mediaWiki() throws Exception {
        assertLinksAreFollowed(Path.of("/var/lib/mediawiki"), "/usr/share/mediawiki", List.of());
    }

    @Test
    void wordPress() throws Exception {
        Path packaged = Path.of("/usr/share/wordpress");
        assumeTrue(Files.isDirectory(packaged), "the package is not installed");
        Path blog = Files.createDirectory(root.resolve("blog"));
        try (Stream<Path> all = Files.list(packaged)) {
            for (Path each : all.filter(path -> !path.endsWith("wp-content") && !path.endsWith(".htaccess")).toList()) {
                Files.createSymbolicLink(blog.resolve(each.getFileName()), each);
            }
        }
        Files.createSymbolicLink(blog.resolve("wp-content"), Path.of("/var/lib/wordpress/wp-content"));
        assertLinksAreFollowed(blog, "/usr/share/wordpress /var/lib/wordpress /usr/share/javascript",
                List.of("/wp-includes/js/underscore.min.js"));
    }

    private void assertLinksAreFollowed(Path directory, String allowedRoots, List<String> more) throws Exception {
        assumeTrue(Files.isDirectory(directory), "the package is not installed");
        List<String> paths = new ArrayList<>(more);
        paths.addAll(behindLinks(directory));
        assertTrue(paths.size() > 2, paths.toString());
        int port = serve(directory, "allowedRoots", allowedRoots);
        for (String path : paths) {
            assertEquals(200, RawHttp.get(port, path).status(), path + "\n" + log.text());
        }
        server.close();
        int strict = serve(directory);
        for (String path : paths) {
            assertEquals(403, RawHttp.get(strict, path).status(), path);
        }
        assertTrue(log.text().contains("if links may lead there, add its directory to allowedRoots"), log.text());
    }

    private int serve(Path directory, String... settings) throws Exception {
        fpm = fpm == null ? new FakeFpm((request, wire) -> wire.stdout(HEAD + "php").end(0)) : fpm;
        return start(PhpServer.serving(directory).target(fpm.target()).set("stopTimeout", "500ms").set("accessLog", "off"), settings);
    }

    /** A plain file behind each link that leads to one. */
    private static List<String> behindLinks(Path directory) throws IOException {
        List<String> paths = new ArrayList<>();
        try (Stream<Path> links = Files.find(directory, DEPTH, (path, attributes) -> attributes.isSymbolicLink())) {
            for (Path link : links.filter(Files::exists).toList()) {
                // What the package itself denies stays denied.
                if (Files.exists(link.resolve(".htaccess"))) {
                    continue;
                }
                plainFile(link.toRealPath()).ifPresent(rest -> paths.add("/" + directory.relativize(link).resolve(rest)));
            }
        }
        return paths.stream().filter(path -> path.matches(PLAIN) && !path.contains("/.")).toList();
    }

    /** Below a directory, relative to it; of a file the empty path. */
    private static Optional<Path> plainFile(Path target) throws IOException {
        try (Stream<Path> files = Files.find(target, DEPTH, (path, attributes) -> attributes.isRegularFile())) {
            return files.filter(path -> path.toString().matches(PLAIN)).map(target::relativize).findFirst();
        }
    }
}
