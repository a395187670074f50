package org.jettyphp.htaccess;

/**
 * Where a URL leads in the file system, as Apache names it.
 *
 * @param root the real document root, without a final slash
 * @param uri the decoded URL path, with the context path
 * @param filename the file or directory by name, the latter with a final slash if the URL has one; of what is missing up to the first name
 *        that is not there
 * @param pathInfo what follows it, with its slash; empty if nothing does
 */
public record Place(String root, String uri, String filename, String pathInfo) {

    /** The last name; empty for a directory. */
    public String name() {
        return filename.substring(filename.lastIndexOf('/') + 1);
    }
}
