package org.jettyphp.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The real nginx, in front of a php-fpm: a port for each way of writing {@code location /}. Ended by its process id. */
public final class RealNginx implements AutoCloseable {

    private static final Path BINARY = Path.of("/usr/sbin/nginx");

    private final Path directory;
    private final Process process;
    private final List<Integer> ports;

    private RealNginx(Path directory, Process process, List<Integer> ports) {
        this.directory = directory;
        this.process = process;
        this.ports = ports;
    }

    /** Why it cannot be had on this machine; empty if it can. */
    public static Optional<String> missing() {
        return Files.isExecutable(BINARY) ? Optional.empty() : Optional.of("nginx is not installed (apt-get install nginx-light)");
    }

    /**
     * Starts it.
     *
     * @param fpm a Unix socket
     * @param locations what stands in {@code location /}, for each port
     * @param server what stands beside the locations, for all
     */
    public static RealNginx serving(Path root, String fpm, List<String> locations, String server) throws Exception {
        Path directory = Trees.create();
        List<Integer> ports = new ArrayList<>();
        StringBuilder conf = new StringBuilder("daemon off; master_process off; pid " + directory + "/pid; error_log " + directory
                + "/error.log;\nevents {}\nhttp {\naccess_log off; absolute_redirect off;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            conf.append(kind).append("_temp_path ").append(directory.resolve(kind)).append(";\n");
        }
        for (String location : locations) {
            int port = Ports.free();
            ports.add(port);
            conf.append("server { listen 127.0.0.1:").append(port).append("; root ").append(root)
                    .append("; index index.php index.html;\n").append(server).append("\nlocation / { ").append(location)
                    .append(" }\nlocation ~ \\.php(/|$) { fastcgi_split_path_info ^(.+?\\.php)(/.*)$; set $rest $fastcgi_path_info;\n")
                    .append("try_files $fastcgi_script_name =404; fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;\n");
            for (String param : List.of("SCRIPT_NAME $fastcgi_script_name", "PATH_INFO $rest", "QUERY_STRING $query_string",
                    "REQUEST_METHOD $request_method", "REQUEST_URI $request_uri", "CONTENT_LENGTH $content_length",
                    "CONTENT_TYPE $content_type", "REDIRECT_STATUS 200")) {
                conf.append("fastcgi_param ").append(param).append(";\n");
            }
            conf.append("fastcgi_pass unix:").append(fpm).append("; } }\n");
        }
        Path file = Files.writeString(directory.resolve("nginx.conf"), conf.append("}\n"));
        Process process = new ProcessBuilder(BINARY.toString(), "-p", directory.toString(), "-c", file.toString()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile()).start();
        RealNginx nginx = new RealNginx(directory, process, ports);
        try {
            Until.true_("nginx listens", nginx::listens);
        } catch (Exception | AssertionError failed) {
            nginx.close();
            throw failed;
        }
        return nginx;
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("nginx ended: " + Files.readString(directory.resolve("output")));
        }
        return ports.stream().allMatch(RealFpm::listens);
    }

    /** Of the location at that index. */
    public int port(int index) {
        return ports.get(index);
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
