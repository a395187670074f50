package org.jettyphp.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real Apache, in front of a php-fpm, with {@code AllowOverride All}: a port for each document root. Ended by its process id. */
public final class RealApache implements AutoCloseable {

    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");
    private static final List<String> LOADED =
            List.of("mpm_event", "authz_core", "authz_host", "access_compat", "alias", "autoindex", "dir", "env",
                    "expires", "headers", "mime", "negotiation", "proxy", "proxy_fcgi", "rewrite", "setenvif");

    private final Path directory;
    private final Process process;
    private final List<Integer> ports;

    private RealApache(Path directory, Process process, List<Integer> ports) {
        this.directory = directory;
        this.process = process;
        this.ports = ports;
    }

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
    public static RealApache serving(List<Path> roots, String fpm) throws Exception {
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
        Process process = new ProcessBuilder(binary().orElseThrow().toString(), "-X", "-f", file.toString()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile()).start();
        RealApache apache = new RealApache(directory, process, ports);
        try {
            Until.true_("apache2 listens", () -> apache.listens());
        } catch (Exception | AssertionError failed) {
            apache.close();
            throw failed;
        }
        return apache;
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("apache2 ended: " + Files.readString(directory.resolve("output")) + log());
        }
        return ports.stream().allMatch(RealFpm::listens);
    }

    /** Of the root at that index. */
    public int port(int index) {
        return ports.get(index);
    }

    public String log() throws IOException {
        Path log = directory.resolve("apache.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Trees.delete(directory);
    }
}
