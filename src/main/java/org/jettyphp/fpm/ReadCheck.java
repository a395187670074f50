package org.jettyphp.fpm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Lets a worker itself say what nothing else knows: whether its user, groups and confinement let it read the document root, and its php.ini. */
record ReadCheck(Path socket, Path place) {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /**
     * Throws if it cannot read it.
     *
     * @return php.ini, and the directories whose ini files are read too
     */
    List<Path> check(Path documentRoot, List<String> extensions) throws IOException {
        Path script = place.resolve("read-check." + extensions.get(0));
        write(script);
        String answer = new FpmQuestion(socket, LIMIT).ask(Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", "/" + script.getFileName(),
                "SCRIPT_FILENAME", script.toString(), "READ_CHECK", documentRoot.toString()));
        List<String> lines = answer.substring(answer.indexOf("\r\n\r\n") + 1).strip().lines().filter(line -> !line.isEmpty()).toList();
        String verdict = lines.isEmpty() ? "no answer" : lines.get(0);
        if (!verdict.equals("readable")) {
            throw new PhpFpmException(
                    "PHP's workers cannot read " + documentRoot + ": " + verdict + ". Give that user read permission (r on files, rx on "
                            + "directories, from the root down), or choose another one with the setting user (--user)");
        }
        return lines.stream().skip(1).map(Path::of).distinct().toList();
    }

    /** In one go: another server of the same application may be asking the same script just now. */
    private void write(Path script) throws IOException {
        Path fresh = Files.createTempFile(place, "read-check", ".tmp");
        try (InputStream in = ReadCheck.class.getResourceAsStream("read-check.php")) {
            Files.write(fresh, Objects.requireNonNull(in, "read-check.php is missing in the jar").readAllBytes());
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(fresh, script, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
