package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.PeerServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealApache;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The {@code .htaccess} files that applications ship, request by request beside a real Apache, both in front of one php-fpm: status, Location,
 * headers, body. What differs is written beside the request, with the reason.
 */
class HtaccessBesideApacheTest {

    private static final List<String> APPLICATIONS =
            List.of("wordpress", "wordpress-plugin", "laravel", "symfony", "drupal", "drupal-files", "joomla",
                    "dokuwiki", "mediawiki", "mediawiki-images", "denied", "denied-before-2.4", "nextcloud", "mixed");

    /** {@code php_flag engine off} and {@code SetHandler} are followed, with 403; in an Apache with PHP-FPM they have no effect. */
    private static final List<String> SCRIPTS_STOPPED = List.of("drupal-files", "mediawiki-images");

    private static final List<String> HEADERS =
            List.of("Content-Type", "Content-Encoding", "Cache-Control", "Vary", "X-Content-Type-Options",
                    "Content-Security-Policy", "Referrer-Policy", "X-Robots-Tag", "X-Api", "X-Env");

    private static final String ECHO = """
            <?php
            header('Content-Type: text/plain;charset=UTF-8');
            foreach (['REQUEST_METHOD', 'REQUEST_URI', 'SCRIPT_NAME', 'PATH_INFO', 'QUERY_STRING', 'HTTP_AUTHORIZATION', 'BASE', 'protossl',
                    'is_api', 'modHeadersAvailable'] as $name) {
                echo $name, '=', $_SERVER[$name] ?? '', "\\n";
            }
            """;

    private static final Map<String, String> FILES = Map.ofEntries(Map.entry("index.php", ECHO), Map.entry("dir/index.php", ECHO),
            Map.entry("dir/page.html", "<p>page"), Map.entry("static/index.html", "<p>static"), Map.entry("empty/data.txt", "data"),
            Map.entry("style.css", "p {}"), Map.entry("style.css.gz", "no gzip, and nobody minds"), Map.entry("app.js", "1"),
            Map.entry("form.js", "2"), Map.entry("image.svg", "<svg/>"), Map.entry("photo.png", "png"), Map.entry("sub/script.php", ECHO),
            Map.entry("README", "read me"), Map.entry("notes.md", "# notes"), Map.entry("module.theme", "x"), Map.entry("yarn.lock2", "x"),
            Map.entry("core/install.php", ECHO), Map.entry("core/lib/inner.php", ECHO), Map.entry("api/index.php", ECHO),
            Map.entry("doku.php", ECHO),
            Map.entry("lib/exe/fetch.php", ECHO), Map.entry("lib/exe/detail.php", ECHO), Map.entry("remote.php", ECHO),
            Map.entry("setup/index.php", ECHO),
            Map.entry("css_abc.css", "b {}"), Map.entry("css_abc.css.gz", "gz"), Map.entry(".well-known/acme-challenge/token", "token"),
            Map.entry("a b.txt", "blank"), Map.entry("wp-admin/index.php", ECHO), Map.entry("update.twig", "t"),
            Map.entry("autoload.php", ECHO));

    private static final Map<String, Path> ROOTS = new LinkedHashMap<>();
    private static RealFpm fpm;
    private static PeerServer apache;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(RealApache.missing().isEmpty(), () -> RealApache.missing().orElse(""));
        for (String application : APPLICATIONS) {
            Path root = Trees.create();
            for (Map.Entry<String, String> file : FILES.entrySet()) {
                Trees.write(root, file.getKey(), file.getValue());
            }
            Trees.write(root, ".htaccess", resource("/org/jettyphp/htaccess/" + application + ".htaccess"));
            ROOTS.put(application, root);
        }
        fpm = RealFpm.onUnixSocket(Map.of());
        apache = RealApache.serving(List.copyOf(ROOTS.values()), fpm.target());
    }

    @AfterAll
    static void stop() throws Exception {
        if (apache != null) {
            apache.close();
        }
        if (fpm != null) {
            fpm.close();
        }
        for (Path root : ROOTS.values()) {
            Trees.delete(root);
        }
    }

    static List<String> applications() {
        return APPLICATIONS;
    }

    /** @param difference why and how ours differs; empty: not at all */
    private record Request(String method, String path, List<String> headers, String difference) {

        /** In the words of the file: {@code 404 instead of 403, since ...} or {@code other Location, since ...}. */
        boolean isExplained(Map<String, String> theirs, Map<String, String> ours) {
            String[] words = difference.split(",")[0].split(" ");
            return words[0].equals("other")
                    ? !Objects.equals(theirs.get(words[1].toLowerCase(java.util.Locale.ROOT)),
                            ours.get(words[1].toLowerCase(java.util.Locale.ROOT)))
                    : words[0].equals(ours.get("status")) && words[words.length - 1].equals(theirs.get("status"));
        }

        static Request of(String line) {
            String[] parts = line.split(" ! ", 2);
            String[] words = parts[0].strip().split(" \\| ");
            String[] first = words[0].split(" ", 2);
            return new Request(first[0], first[1].strip(), List.of(words).subList(1, words.length),
                    parts.length < 2 ? "" : parts[1].strip());
        }

        Map<String, String> ask(int port) throws IOException {
            try (RawHttp http = new RawHttp(port)) {
                Reply reply = http.send(method, path, method.equals("POST") ? "a=b" : "", headers.toArray(new String[0]))
                        .read(method.equals("HEAD"));
                Map<String, String> seen = new TreeMap<>();
                seen.put("status", Integer.toString(reply.status()));
                String location = reply.header("Location");
                if (location != null) {
                    seen.put("location", location.replace("http://localhost:" + port, ""));
                }
                for (String name : HEADERS) {
                    String value = reply.header(name);
                    // An error page is each server's own.
                    boolean ofPage = List.of("Content-Type", "Vary", "Cache-Control").contains(name);
                    if (value != null && (reply.status() < 300 || reply.status() < 400 && name.equals("Cache-Control") || !ofPage)) {
                        seen.put(name, String.join(", ", reply.all(name)).toLowerCase(java.util.Locale.ROOT).replace("; ", ";")
                                .replace(", ", ","));
                    }
                }
                if (reply.header("Expires") != null) {
                    seen.put("expires", "yes");
                }
                if (reply.status() == 200 || reply.text().startsWith("REQUEST_METHOD=")) {
                    seen.put("body", reply.text().replace("\n", " "));
                }
                return seen;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void everyRequestIsAnsweredAsByApache(String application) throws Exception {
        Map<String, Request> requests = new LinkedHashMap<>();
        for (String name : List.of("all", application)) {
            // What differs for one application stands once more in its own list.
            resource("htaccess/" + name + ".txt").lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(Request::of)
                    .forEach(request -> requests.put(request.method() + request.path() + request.headers(), request));
        }
        assertTrue(requests.size() >= 40, application + " has " + requests.size());
        boolean scriptsAreStopped = SCRIPTS_STOPPED.contains(application);
        List<String> differences = new ArrayList<>();
        PhpServer server =
                PhpServer.serving(Objects.requireNonNull(ROOTS.get(application))).target(fpm.target()).port(0).set("accessLog", "off")
                        .set("compression", "").set("stopTimeout", "500ms").build();
        try (server) {
            server.start();
            int port = apache.port(APPLICATIONS.indexOf(application));
            for (Request request : requests.values()) {
                Map<String, String> theirs = request.ask(port);
                Map<String, String> ours = request.ask(server.port());
                normalise(theirs, ours);
                boolean expected = request.difference().isEmpty() ? theirs.equals(ours) : request.isExplained(theirs, ours);
                if (!expected && !(scriptsAreStopped && isStoppedScript(theirs, ours))) {
                    differences.add(request.method() + " " + request.path() + " " + request.headers() + "\n   apache " + theirs
                            + "\n   ours   " + ours);
                }
            }
        }
        assertEquals("", String.join("\n", differences));
    }

    /** Differences of every application: who logs in is always told to PHP, and caches need not know on which headers rules look. */
    private static void normalise(Map<String, String> theirs, Map<String, String> ours) {
        if (theirs.getOrDefault("body", "").contains(" HTTP_AUTHORIZATION= ")) {
            ours.computeIfPresent("body",
                    (name, body) -> body.replaceAll(" HTTP_AUTHORIZATION=(Basic|Bearer) \\w+ ", " HTTP_AUTHORIZATION= "));
        }
        theirs.remove("Vary", "authorization");
        if (!theirs.containsKey("Vary")) {
            // A file may have compressed siblings.
            ours.remove("Vary", "accept-encoding");
        }
    }

    private static boolean isStoppedScript(Map<String, String> theirs, Map<String, String> ours) {
        return theirs.getOrDefault("body", "").startsWith("REQUEST_METHOD=") && "403".equals(ours.get("status"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtaccessBesideApacheTest.class.getResourceAsStream(name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
