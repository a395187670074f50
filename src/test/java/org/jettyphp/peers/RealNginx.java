package org.jettyphp.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The real nginx, in front of a php-fpm: a port for each way of writing {@code location /}. */
public final class RealNginx {

    private static final Path BINARY = Path.of("/usr/sbin/nginx");

    private RealNginx() {}

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
    public static PeerServer serving(Path root, String fpm, List<String> locations, String server) throws Exception {
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
        return PeerServer.start("nginx", directory, List.of(BINARY.toString(), "-p", directory.toString(), "-c", file.toString()), ports,
                directory.resolve("error.log"));
    }
}
