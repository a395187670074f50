package org.jettyphp.script;

import java.util.ArrayList;
import java.util.List;

/**
 * A URL path, decoded once and normalised as nginx and Apache do it: dot segments resolved, empty segments dropped.
 *
 * <p>A segment keeps two forms: its name for the file system, without {@code ;parameters}, and its text for PATH_INFO, with them. A slash
 * that was encoded ({@code %2F}) is part of a segment: no file can have it in its name, PATH_INFO may.
 */
record UrlPath(List<Segment> segments, boolean endsWithSlash) {

    /** The name a file would have, and the decoded text as it was sent. */
    record Segment(String name, String text) {}

    static UrlPath decode(String raw) throws UnusablePathException {
        if (!raw.startsWith("/")) {
            throw new UnusablePathException("the path does not begin with a slash");
        }
        List<Segment> segments = new ArrayList<>();
        boolean slash = true;
        for (int start = 1; start <= raw.length(); ) {
            int next = raw.indexOf('/', start);
            int end = next < 0 ? raw.length() : next;
            slash = add(segments, raw.substring(start, end)) || next >= 0;
            start = end + 1;
        }
        return new UrlPath(List.copyOf(segments), slash);
    }

    /** Adds a segment; true if it is none, so that the path ends like a directory's. */
    private static boolean add(List<Segment> segments, String raw) throws UnusablePathException {
        int parameters = raw.indexOf(';');
        String text = PercentCoding.decode(raw);
        String name = parameters < 0 ? text : PercentCoding.decode(raw.substring(0, parameters));
        if (name.equals("..")) {
            if (segments.isEmpty()) {
                throw new UnusablePathException("the path leads above the document root");
            }
            segments.remove(segments.size() - 1);
            return true;
        }
        if (name.isEmpty() || name.equals(".")) {
            return true;
        }
        segments.add(new Segment(name, text));
        return false;
    }

    int length() {
        return segments.size();
    }

    String name(int index) {
        return segments.get(index).name();
    }

    /** A file in the directory that this path names. */
    UrlPath child(String file) {
        List<Segment> longer = new ArrayList<>(segments);
        longer.add(new Segment(file, file));
        return new UrlPath(List.copyOf(longer), false);
    }

    /** The first segments as a decoded URL path: the name of a script. */
    String prefix(int count) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < count; i++) {
            path.append('/').append(name(i));
        }
        return path.toString();
    }

    /** What comes after the first segments, as it was sent, decoded; empty if nothing does. */
    String rest(int count) {
        StringBuilder path = new StringBuilder();
        for (int i = count; i < segments.size(); i++) {
            path.append('/').append(segments.get(i).text());
        }
        return endsWithSlash ? path.append('/').toString() : path.toString();
    }

    /** Percent-encoded again, without parameters, and without the final slash. */
    String encoded() {
        StringBuilder path = new StringBuilder();
        for (Segment segment : segments) {
            path.append('/').append(PercentCoding.encode(segment.name()));
        }
        return path.toString();
    }
}
