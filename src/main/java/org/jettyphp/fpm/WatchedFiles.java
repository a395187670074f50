package org.jettyphp.fpm;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files of configuration, and whether they have changed since they were read. For one thread. */
public final class WatchedFiles {

    private final List<Path> places;
    private Map<Path, String> inForce;
    private Map<Path, String> seen;

    /** {@code places}: files, and directories whose {@code *.ini} count. They need not be there. */
    public WatchedFiles(List<Path> places) {
        this.places = places;
        inForce = look();
        seen = inForce;
    }

    /** Whether they are others than they were, and the same as at the last question: nobody is in the middle of writing them. */
    public boolean haveChanged() {
        Map<Path, String> now = look();
        boolean changed = now.equals(seen) && !now.equals(inForce);
        seen = now;
        inForce = changed ? now : inForce;
        return changed;
    }

    private Map<Path, String> look() {
        Map<Path, String> found = new TreeMap<>();
        for (Path place : places) {
            try {
                if (Files.isDirectory(place)) {
                    try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "*.ini")) {
                        files.forEach(file -> stamp(file, found));
                    }
                } else {
                    stamp(place, found);
                }
            } catch (IOException unreadable) {
                found.put(place, "unreadable");
            }
        }
        return found;
    }

    private static void stamp(Path file, Map<Path, String> found) {
        try {
            BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
            found.put(file, of.lastModifiedTime() + " " + of.size());
        } catch (IOException absent) {
            found.put(file, "absent");
        }
    }
}
