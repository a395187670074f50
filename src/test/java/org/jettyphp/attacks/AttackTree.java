package org.jettyphp.attacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The document root of the attacks. Every file that must not be seen has {@link #SECRET} in it, and every script that must not run leaves a
 * trace and prints {@link #EXECUTED}.
 *
 * @param base holds the document root, what is outside it, and the traces
 */
record AttackTree(Path base) {

    static final String SECRET = "SECRET-SOURCE";
    static final String EXECUTED = "EXECUTED";
    static final String FORGED = "FORGED";
    /** The first bytes of /etc/passwd. */
    static final String PASSWD = "root:x:0:";
    static final String PLAIN = "PLAIN";
    static final String RAN_HEADER = "x-ran:";
    static final String NEXT = "/next.php";
    private static final String SOURCE = "<?php /* " + SECRET + " */ header('X-Ran: 1'); echo 'RAN ";

    /** For the benchmark: makes the tree in a directory. */
    public static void main(String[] arguments) throws IOException {
        new AttackTree(Path.of(arguments[0])).plant();
    }

    static String answerToNext(String query) {
        return "next " + query;
    }

    Path root() {
        return base.resolve("docroot");
    }

    private Path traces() {
        return base.resolve("traces");
    }

    AttackTree plant() throws IOException {
        Files.createDirectories(traces());
        Files.setPosixFilePermissions(traces(), PosixFilePermissions.fromString("rwxrwxrwx"));
        write("docroot/next.php", "<?php echo 'next ', $_SERVER['QUERY_STRING'];");
        for (String script : List.of("index.php", "secret.php", "dir/index.php", "dir/page.php", "folder.php/index.php", "p\u00e4ge.php")) {
            write("docroot/" + script, SOURCE + script + " ', $_SERVER['PATH_INFO'] ?? '';");
        }
        write("docroot/body.php", SOURCE + "body ', $_SERVER['CONTENT_LENGTH'] ?? '-', ' ', strlen(file_get_contents('php://input'));");
        write("docroot/env.php", SOURCE + "env', \"\\n\"; " + CHECKS);
        write("docroot/static.txt", PLAIN + " text\n");
        write("docroot/style.css", PLAIN + " style\n");
        write("docroot/other.css", PLAIN + " style\n");
        write("docroot/.well-known/x.txt", PLAIN + " text\n");
        write("docroot/vendor/lib/style.css", PLAIN + " style\n");
        plantWhatIsForNobody();
        plantWhatMustNotRun();
        plantLinks();
        return this;
    }

    /** A value CLAIMED is a header's own; it, or what it claims, must not be in a variable of another kind. */
    private static final String CHECKS = """
            foreach ($_SERVER as $name => $value) {
                if (is_string($value)) echo $name, '=', $value, "\\n";
                if (is_string($value) && str_contains($value, 'CLAIMED') && !str_starts_with($name, 'HTTP_')) echo 'FORGED ', $name;
            }
            if ($_SERVER['REMOTE_ADDR'] !== '127.0.0.1' && $_SERVER['REMOTE_ADDR'] !== '::1') echo 'FORGED address';
            if (!empty($_SERVER['HTTPS']) || ($_SERVER['REQUEST_SCHEME'] ?? 'http') !== 'http') echo 'FORGED scheme';
            if (str_contains($_SERVER['SERVER_NAME'], 'evil')) echo 'FORGED name';
            if ($_SERVER['SERVER_PORT'] === '666') echo 'FORGED port';
            if (ini_get('memory_limit') === '66M' || ini_get('auto_prepend_file')) echo 'FORGED ini';
            if (!empty($_SERVER['REMOTE_USER']) || isset($_SERVER['HTTP_PROXY']) || getenv('HTTP_PROXY')) echo 'FORGED variable';
            """;

    private void plantWhatIsForNobody() throws IOException {
        for (String file : List.of(".env", ".env.gz", ".git/config", ".git/HEAD", ".htpasswd", ".DS_Store",
                ".svn/entries", "dir/.env", "composer.json", "composer.lock", "package.json", "yarn.lock", "dump.sql", "dump.sql.gz",
                "dump.sql.br",
                "db.sqlite", "app.log", "app.log.zst", "prod.env", "php.ini", "private.key", "cert.pem", "secret.php~", "secret.php.bak",
                "secret.php.orig", "secret.php.save", "secret.php.swp", ".secret.php.swp", "secret.php.old", "#secret.php#",
                "secret.php.gz",
                "secret.php.br", "secret.php.zst", "secret.php.txt", "secret.php.", "secret.php ", "secret.php.1", "secret.phps", "lib.inc",
                "old.phtml", "old.php5", "old.php7", "old.pht", "old.phar", "upper.PHP", "Mixed.Php", "WEB-INF/secret.txt",
                "META-INF/MANIFEST.MF", "sub/web-inf/secret.txt")) {
            write("docroot/" + file, "<?php /* " + SECRET + " */ " + trace(file));
        }
        // These two are read, by Apache and by PHP.
        write("docroot/.htaccess", "# " + SECRET);
        write("docroot/.user.ini", "; " + SECRET);
        write("outside/secret.txt", SECRET);
    }

    private void plantWhatMustNotRun() throws IOException {
        for (String file : List.of("never.php", "uploads/evil.php", "uploads/evil.jpg", "uploads/sub/evil.php", "vendor/lib/run.php",
                "vendor/autoload.php", "WEB-INF/run.php", "META-INF/run.php", ".hidden/run.php", ".hidden.php", "newline.php\n")) {
            write("docroot/" + file, "<?php " + trace(file));
        }
        write("outside/out.php", "<?php " + trace("out.php"));
    }

    private String trace(String name) {
        return "touch('" + traces() + "/" + name.replace('/', '-').strip() + "'); echo '" + EXECUTED.substring(0, 4) + "', '"
                + EXECUTED.substring(4) + "';";
    }

    private void plantLinks() throws IOException {
        link("out.php", "../outside/out.php");
        link("out.txt", "../outside/secret.txt");
        link("outdir", "../outside");
        link("srclink.txt", "secret.php");
        link("envlink.txt", ".env");
        link("infolink.txt", "WEB-INF/secret.txt");
        link("picture.php", "uploads/evil.jpg");
        link("moved.php", "uploads/evil.php");
        link("files", "uploads");
        link("style.css.gz", "secret.php");
        link("other.css.br", "../outside/secret.txt");
        link("passwd.txt", "/etc/passwd");
    }

    private void write(String name, String content) throws IOException {
        Path file = base.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(root().resolve(name), Path.of(target));
    }

    /** Which scripts have left a trace since this was last asked. */
    List<String> executions() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> traces = Files.list(traces())) {
            for (Path trace : traces.toList()) {
                names.add(trace.getFileName().toString());
                Files.delete(trace);
            }
        }
        return names;
    }
}
