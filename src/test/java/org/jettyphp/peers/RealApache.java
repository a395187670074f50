package org.jettyphp.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The real Apache, in front of a php-fpm, with {@code AllowOverride All}: a port for each document root. */
public final class RealApache {

    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");
    private static final List<String> LOADED =
            List.of("mpm_event", "authz_core", "authz_host", "access_compat", "alias", "autoindex", "dir", "env",
                    "expires", "headers", "mime", "negotiation", "proxy", "proxy_fcgi", "rewrite", "setenvif");

    private RealApache() {}

    /** Why it cannot be had on this machine; empty if it can. */
    public static Optional<String> missing() {
        if (binary().isEmpty()) {
            return Optional.of("apache2 is not installed (apt-get install apache2)");
        }
        return LOADED.stream().filter(name -> !Files.exists(module(name))).findFirst().map(name -> "apache2 has no mod_" + name);
    }

    private static Optional<Path> binary() {
        return Stream.of("/usr/sbin/apache2", "/usr/local/sbin/apache2").map(Path::of).filter(Files::isExecutable).findFirst();
    }

    private static Path module(String name) {
        return MODULES.resolve("mod_" + name + ".so");
    }

    /** @param fpm a Unix socket */
    public static PeerServer serving(List<Path> roots, String fpm) throws Exception {
        Path directory = Trees.create();
        List<Integer> ports = new ArrayList<>();
        StringBuilder conf = new StringBuilder("ServerRoot " + directory + "\nPidFile apache.pid\nDefaultRuntimeDir " + directory
                + "\nErrorLog apache.log\nServerName localhost\n");
        if (Files.getOwner(directory).getName().equals("root")) {
            conf.append("User www-data\nGroup www-data\n");
        }
        LOADED.forEach(name -> conf.append("LoadModule ").append(name).append("_module ").append(module(name)).append('\n'));
        conf.append("TypesConfig /etc/mime.types\nDirectoryIndex index.php index.html\n");
        conf.append("<Directory />\nAllowOverride All\nOptions FollowSymLinks\nRequire all granted\n</Directory>\n");
        conf.append("<FilesMatch \"\\.php$\">\n<If \"-f %{REQUEST_FILENAME}\">\nSetHandler \"proxy:unix:").append(fpm)
                .append("|fcgi://localhost/\"\n</If>\n</FilesMatch>\n<FilesMatch \"^\\.ht\">\nRequire all denied\n</FilesMatch>\n");
        for (Path root : roots) {
            int port = Ports.free();
            ports.add(port);
            conf.append("Listen 127.0.0.1:").append(port).append("\n<VirtualHost 127.0.0.1:").append(port).append(">\nDocumentRoot ")
                    .append(root).append("\n</VirtualHost>\n");
        }
        Path file = Files.writeString(directory.resolve("apache.conf"), conf);
        return PeerServer.start("apache2", directory, List.of(binary().orElseThrow().toString(), "-X", "-f", file.toString()), ports,
                directory.resolve("apache.log"));
    }
}
