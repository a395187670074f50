package org.jettyphp.soak;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The open files of this JVM, by what they are. Exact, and so without a tolerance: left out are only the archives that a class loader opens
 * when it first needs a class from them, at a time of its choice and never again.
 */
final class Descriptors {

    private Descriptors() {}

    /** Kind to number. */
    static Map<String, Integer> open() throws IOException {
        Map<String, Integer> open = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path one : all) {
                String kind = kind(one);
                if (!kind.endsWith(".jar")) {
                    open.merge(kind, 1, Integer::sum);
                }
            }
        }
        return open;
    }

    private static String kind(Path descriptor) throws IOException {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.matches("(socket|pipe):.*") ? target.substring(0, target.indexOf(':')) : target;
        } catch (NoSuchFileException closedMeanwhile) {
            return "closed.jar";
        }
    }

    /** What is open beyond what was; empty if nothing is. */
    static Map<String, Integer> beyond(Map<String, Integer> before) throws IOException {
        Map<String, Integer> now = open();
        now.replaceAll((kind, number) -> number - before.getOrDefault(kind, 0));
        now.values().removeIf(more -> more <= 0);
        return now;
    }
}
