package org.jettyphp.script;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A URL path below the context, decoded once and normalised.
 *
 * <p>Cut at its slashes first, decoded then, as RFC 3986 section 2.4 has it. Empty segments are dropped and dot segments resolved, in path
 * info too: nginx and Apache 2.4 both give PATH_INFO {@code /a/b} for {@code /i.php/a//b} (run, with their defaults).
 *
 * <p>A segment has two forms. Its name leaves out {@code ;parameters}, as servlet containers do, so that what they protect is what we look
 * for; its text keeps them, since PATH_INFO has them in nginx and Apache. {@code %3B} is a letter like others.
 *
 * <p>A slash that was encoded, and a backslash, never reach the file system: they would be a letter to one reader and a separator to
 * another. Behind a script, and for a fallback, they are path info: MediaWiki's page {@code AC/DC} needs it, and so does nginx.
 */
final class UrlPath {

    /** The name a file would have, and the decoded text as it was sent. */
    private record Segment(String name, String text) {}

    private final List<Segment> segments;
    private final boolean endsWithSlash;
    private final int searchable;

    private UrlPath(List<Segment> segments, boolean endsWithSlash) {
        this.segments = segments;
        this.endsWithSlash = endsWithSlash;
        int count = 0;
        while (count < segments.size() && !hasSeparator(segments.get(count).text())) {
            count++;
        }
        this.searchable = count;
    }

    /**
     * Reads a path as it stood on the request line.
     *
     * @param raw percent-encoded, beginning with a slash, without a query; empty means the context itself, without its slash
     * @throws UnusablePathException if it is malformed, leads above the root or hides dot segments behind encoded slashes or parameters
     */
    static UrlPath decode(String raw) {
        if (!raw.isEmpty() && raw.charAt(0) != '/' || raw.indexOf('?') >= 0 || raw.indexOf('#') >= 0) {
            throw new UnusablePathException("the path does not begin with a slash, or holds a ? or #");
        }
        List<Segment> segments = new ArrayList<>();
        boolean endsWithSlash = false;
        for (int start = 1; start <= raw.length();) {
            int slash = raw.indexOf('/', start);
            int end = slash < 0 ? raw.length() : slash;
            endsWithSlash = !add(segments, raw.substring(start, end)) || slash >= 0;
            start = end + 1;
        }
        return new UrlPath(segments, endsWithSlash);
    }

    /** @return false if the segment is none, so that a path that ends here ends like a directory's */
    private static boolean add(List<Segment> segments, String raw) {
        int semicolon = raw.indexOf(';');
        String text = PercentCode.decode(raw);
        String name = semicolon < 0 ? text : PercentCode.decode(raw.substring(0, semicolon));
        if (isDots(name) && semicolon >= 0 || hasSeparator(text) && hidesDots(text)) {
            // "/..;/" is a directory's name to nginx and the way up to Tomcat; "%2F..%2F" the way up to nginx and a letter to us.
            throw new UnusablePathException("the path hides a dot segment behind a parameter, an encoded slash or a backslash");
        }
        if (name.equals("..")) {
            if (segments.isEmpty()) {
                throw new UnusablePathException("the path leads above the root");
            }
            segments.remove(segments.size() - 1);
            return false;
        }
        return !name.isEmpty() && !name.equals(".") && segments.add(new Segment(name, text));
    }

    private static boolean isDots(String name) {
        return name.equals(".") || name.equals("..");
    }

    private static boolean hasSeparator(String text) {
        return text.indexOf('/') >= 0 || text.indexOf('\\') >= 0;
    }

    private static boolean hidesDots(String text) {
        for (String piece : text.split("[/\\\\]")) {
            if (isDots(piece)) {
                return true;
            }
        }
        return false;
    }

    /** The number of segments. */
    int length() {
        return segments.size();
    }

    /** The number of leading segments that can be names of files. */
    int searchable() {
        return searchable;
    }

    boolean endsWithSlash() {
        return endsWithSlash;
    }

    /** The name of one segment, from 0; without parameters. */
    String name(int index) {
        return segments.get(index).name();
    }

    /** One segment as a reader takes it to whom encoded slashes and backslashes separate. */
    String[] pieces(int index) {
        Segment segment = segments.get(index);
        return index < searchable ? new String[] {segment.name()} : segment.text().split("[/\\\\;]");
    }

    /** The first segments as a decoded path without a final slash: the name of a script; empty for none. */
    String first(int count) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < count; i++) {
            path.append('/').append(segments.get(i).name());
        }
        return path.toString();
    }

    /** What comes after the first segments, decoded, with its parameters: the path info; null if nothing does, not even a slash. */
    @Nullable
    String after(int count) {
        StringBuilder path = new StringBuilder();
        for (int i = count; i < segments.size(); i++) {
            path.append('/').append(segments.get(i).text());
        }
        if (endsWithSlash) {
            path.append('/');
        }
        return path.isEmpty() ? null : searchable < segments.size() ? withMergedSlashes(path) : path.toString();
    }

    /** Decoded slashes merge like others, as in nginx: {@code /x.php/%2Fevil.example} must not become PATH_INFO {@code //evil.example}. */
    private static String withMergedSlashes(StringBuilder path) {
        StringBuilder merged = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '/' || i == 0 || path.charAt(i - 1) != '/') {
                merged.append(path.charAt(i));
            }
        }
        return merged.toString();
    }

    /** All of it, decoded; for the fallback. */
    String whole() {
        String path = after(0);
        return path == null ? "/" : path;
    }

    /** All names, percent-encoded, without a final slash; empty for the root. */
    String encoded() {
        return PercentCode.encode(first(segments.size()));
    }

    /** Decoded, for reasons in the log. */
    @Override
    public String toString() {
        return whole();
    }
}
