package org.jettyphp.fpm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets a worker itself say what nothing else knows: whether its user, groups and confinement let it read the document root, its php.ini, and
 * what it lets an application set.
 */
record ReadCheck(Path socket, Path place) {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String SETTABLE = "settable ";

    /**
     * What it has said.
     *
     * @param iniPlaces php.ini, and the directories whose ini files are read too
     * @param settable names of the ini values that an application may set for a directory of its own
     */
    record Told(List<Path> iniPlaces, Set<String> settable) {}

    /** Throws if it cannot read it. */
    Told check(Path documentRoot, List<String> extensions) throws IOException {
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
        Set<String> settable = lines.stream().filter(line -> line.startsWith(SETTABLE)).map(line -> line.substring(SETTABLE.length()))
                .filter(name -> name.matches("[A-Za-z0-9_.-]+")).collect(Collectors.toCollection(HashSet::new));
        settable.addAll(PoolFile.BODY_LIMITS);
        List<Path> places = lines.stream().skip(1).filter(line -> !line.startsWith(SETTABLE)).map(Path::of).distinct().toList();
        return new Told(places, settable);
    }

    private void write(Path script) throws IOException {
        try (InputStream in = ReadCheck.class.getResourceAsStream("read-check.php")) {
            byte[] wanted = Objects.requireNonNull(in, "read-check.php is missing in the jar").readAllBytes();
            // A full disk need not keep an application from a restart.
            if (!Files.exists(script) || !Arrays.equals(Files.readAllBytes(script), wanted)) {
                replace(script, wanted);
            }
        } catch (IOException refused) {
            throw new PhpFpmException(script + " cannot be written (" + refused + "); " + StateDirectory.OTHER_PLACE, refused);
        }
    }

    /** In one go: another server of the same application may be asking the same script just now. */
    private void replace(Path script, byte[] content) throws IOException {
        Path fresh = Files.createTempFile(place, "read-check", ".tmp");
        try {
            Files.write(fresh, content);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(fresh, script, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
