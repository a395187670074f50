package org.jettyphp.script;

import java.nio.file.Path;

/**
 * What is not there for anybody, whatever it is: the private directories of a web application, at any depth and in any case (a document
 * root may hold several applications, and its file system may ignore case). Names are all it looks at, of the URL and of the real file.
 */
final class NeverServed {

    /** RFC 8615: the one directory with a leading dot that is meant for clients. */
    private static final String WELL_KNOWN = ".well-known";

    private NeverServed() {}

    /**
     * The index of the first segment of the URL that is never served; {@link Integer#MAX_VALUE} if all may be. What is before it may run.
     */
    static int firstIn(UrlPath path) {
        return firstIn(path, path.length());
    }

    /**
     * The same where a leading dot hides what is there only: the rest is a front controller's own, such as {@code /wiki/.NET}.
     *
     * @param there how many leading segments may be names of files that exist
     */
    static int firstIn(UrlPath path, int there) {
        for (int i = 0; i < path.length(); i++) {
            for (String name : path.pieces(i)) {
                if (isPrivate(name) || i < there && hides(name)) {
                    return i;
                }
            }
        }
        return Integer.MAX_VALUE;
    }

    /** Whether a real file, relative to the real root, is never served, whichever link led to it. */
    static boolean hides(Path relative) {
        for (Path name : relative) {
            if (hides(name.toString())) {
                return true;
            }
        }
        return false;
    }

    static boolean hides(String name) {
        boolean hidden = name.startsWith(".") && !name.equals(WELL_KNOWN);
        return hidden || isPrivate(name);
    }

    private static boolean isPrivate(String name) {
        return name.equalsIgnoreCase("WEB-INF") || name.equalsIgnoreCase("META-INF");
    }
}
