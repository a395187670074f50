package org.jettyphp.fpm;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds php-fpm, which most distributions keep outside of a user's PATH and name after its version. */
final class PhpFpmBinary {

    private static final String NAME = "php-fpm";
    private static final List<String> USUAL =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/sbin", "/sbin");
    private static final String INSTALL = String.join("\n  ", "Install it:", "apt-get install php-fpm        (Debian, Ubuntu)",
            "dnf install php-fpm            (Fedora, RHEL)", "apk add php83-fpm              (Alpine)",
            "brew install php               (macOS)",
            "or name it with --php-fpm, or name a running one with --target.");

    private PhpFpmBinary() {}

    /** By name or path, or the newest one there is. */
    static Path find(@Nullable String named, @Nullable String pathVariable) throws PhpFpmException {
        List<Path> directories = directories(pathVariable);
        if (named != null) {
            return named(named, directories);
        }
        Path plain = in(directories, NAME);
        if (plain != null) {
            return plain;
        }
        List<Path> versioned = new ArrayList<>();
        for (Path directory : directories) {
            versioned.addAll(versioned(directory));
        }
        return versioned.stream().max(Comparator.comparing(PhpFpmBinary::version))
                .orElseThrow(() -> new PhpFpmException("no php-fpm found on PATH or in " + String.join(", ", USUAL) + ". " + INSTALL));
    }

    private static Path named(String named, List<Path> directories) throws PhpFpmException {
        Path found = named.indexOf('/') >= 0 ? executable(Path.of(named)) : in(directories, named);
        if (found == null) {
            throw new PhpFpmException("phpFpm=" + named + " is no program that can be run. " + INSTALL);
        }
        return found;
    }

    private static List<Path> directories(@Nullable String pathVariable) {
        List<Path> directories = new ArrayList<>();
        Stream.concat(Stream.of(pathVariable == null ? new String[0] : pathVariable.split(":")), USUAL.stream())
                .filter(text -> !text.isEmpty()).map(Path::of).distinct().forEach(directories::add);
        return directories;
    }

    private static @Nullable Path in(List<Path> directories, String name) {
        for (Path directory : directories) {
            Path found = executable(directory.resolve(name));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Path executable(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path) ? path.toAbsolutePath() : null;
    }

    /** {@code php-fpm8.2}, {@code php-fpm83}. */
    private static List<Path> versioned(Path directory) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, PhpFpmBinary::isVersioned)) {
            all.forEach(found::add);
            return found;
        } catch (IOException | DirectoryIteratorException unreadable) {
            // A directory of PATH that does not exist, or is not ours to read, has no php-fpm for us.
            return List.of();
        }
    }

    /** A directory of programs has thousands, of which nearly all are out by their first letters. */
    private static boolean isVersioned(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(NAME) && name.substring(NAME.length()).matches("[0-9.]+") && executable(path) != null;
    }

    private static Double version(Path path) {
        String digits = path.getFileName().toString().substring(NAME.length());
        try {
            return digits.indexOf('.') >= 0 ? Double.valueOf(digits) : Double.valueOf(digits) / 10;
        } catch (NumberFormatException odd) {
            return 0.0;
        }
    }
}
