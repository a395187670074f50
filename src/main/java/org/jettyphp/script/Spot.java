package org.jettyphp.script;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How far a URL path leads in the file system.
 *
 * @param kind what is there
 * @param path the file or directory by name, links not followed; for {@link Kind#NOTHING} the last directory on the way
 * @param depth how many segments of the URL path it takes
 */
record Spot(Kind kind, Path path, int depth) {

    enum Kind {
        /** A regular file: the leftmost one. More of the URL path may follow. */
        FILE,
        /** A directory, by the whole URL path. */
        DIRECTORY,
        /** Neither: missing, a pipe or a device, a name too long to exist, a link into nowhere. */
        NOTHING
    }

    /**
     * Looks. One {@code stat} if the whole path is a regular file: then all its prefixes are directories, and it is the leftmost one. Else
     * from the left, since the first name of a pretty URL is most often none here. None of these questions throws for what is missing, which
     * costs a third of asking for attributes and catching (1.1 against 3.4 to 4.7 us).
     *
     * @param root the real document root
     * @throws UnusablePathException if this process cannot express the name
     */
    static Spot find(Path root, UrlPath path) {
        int searchable = path.searchable();
        // Where it is not a name here, it may have path info behind one: /x.php/ø. If it has not, looking from the left throws.
        Path whole = searchable == 0 ? null : expressed(root, path.first(searchable));
        return whole != null && Files.isRegularFile(whole) ? new Spot(Kind.FILE, whole, searchable) : leftmost(root, path);
    }

    private static Spot leftmost(Path root, UrlPath path) {
        Path directory = root;
        for (int depth = 0; depth < path.searchable(); depth++) {
            Path next = below(directory, "/" + path.name(depth));
            if (!Files.isDirectory(next)) {
                return Files.isRegularFile(next) ? new Spot(Kind.FILE, next, depth + 1) : new Spot(Kind.NOTHING, directory, depth);
            }
            directory = next;
        }
        return new Spot(path.searchable() == path.length() ? Kind.DIRECTORY : Kind.NOTHING, directory, path.searchable());
    }

    /**
     * The file of that name.
     *
     * @param path begins with a slash, which must go: {@code root.resolve("/etc/passwd")} is /etc/passwd
     * @throws UnusablePathException if this process cannot express the name
     */
    static Path below(Path root, String path) {
        Path file = expressed(root, path);
        if (file == null) {
            throw new UnusablePathException("its name cannot be a file's in the encoding " + System.getProperty("sun.jnu.encoding")
                    + " that this process has for names; start it with LC_ALL=C.UTF-8");
        }
        return file;
    }

    private static @Nullable Path expressed(Path root, String path) {
        try {
            return root.resolve(path.substring(1));
        } catch (InvalidPathException inexpressible) {
            return null;
        }
    }

    /**
     * Whether this is for want of a file or directory of that name.
     *
     * @param name the next one in the URL path, with a slash in front, as its reader takes it
     */
    boolean lacks(UrlPath path, String name) {
        // Encoded slashes and parameters are not looked for, and may mean something else to a reader.
        return kind == Kind.NOTHING && depth < path.searchable() && name.length() == path.name(depth).length() + 1
                && name.endsWith(path.name(depth));
    }

    /** The directory that was entered last. */
    Path directory(Path root) {
        Path parent = kind == Kind.FILE ? path.getParent() : path;
        return parent == null ? root : parent;
    }
}
