package org.jettyphp.htaccess;

/**
 * Where a URL leads in the file system, as Apache names it.
 *
 * @param root the real document root, without a final slash
 * @param uri the decoded URL path, with the context path
 * @param filename the file or directory by name, the latter with a final slash if the URL has one; of what is missing up to the first name
 *        that is not there
 * @param pathInfo what follows it, with its slash; empty if nothing does
 * @param kind what was found under that name, so that conditions need not look again
 */
public record Place(String root, String uri, String filename, String pathInfo, Kind kind) {

    /** What a name stands for. */
    public enum Kind {
        /** A regular file, perhaps by a link. */
        FILE,
        /** A directory, perhaps by a link. */
        DIRECTORY,
        /** Neither. */
        NOTHING,
        /** Nobody has looked. */
        UNKNOWN
    }

    /** The last name; empty for a directory. */
    public String name() {
        return filename.substring(filename.lastIndexOf('/') + 1);
    }
}
