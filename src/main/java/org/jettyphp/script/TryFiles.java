package org.jettyphp.script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for, in order, where a URL is no file: nginx's {@code try_files}. What the URL itself names comes first in any case.
 *
 * @param beforeDirectory other files, with {@code $uri} in their paths, that come before a directory of that name
 * @param directories whether directories answer, with a slash and an index
 * @param behindDirectory other files that come after it
 * @param fallback what answers if nothing is found; null: nothing
 * @param status what a client gets then
 */
record TryFiles(List<String> beforeDirectory, boolean directories, List<String> behindDirectory, @Nullable Fallback fallback, int status) {

    private static final String URI = "$uri";
    private static final String DIRECTORY = "$uri/";
    private static final int NOT_FOUND = 404;

    /** Without {@code tryFiles}. */
    static TryFiles directoriesThen(@Nullable Fallback fallback) {
        return new TryFiles(List.of(), true, List.of(), fallback, NOT_FOUND);
    }

    /** @throws IllegalArgumentException if it cannot be followed, saying what to change */
    static TryFiles parse(String text, ScriptNames names) {
        List<String> elements = List.of(text.strip().split("\\s+"));
        String last = elements.get(elements.size() - 1);
        if (last.endsWith(";")) {
            throw refusal(text, "ends in a semicolon; leave it out");
        }
        if (elements.size() < 2 || !elements.get(0).equals(URI)) {
            throw refusal(text,
                    "does not begin with $uri: files that exist come first here. For a page that comes before them, use rewrite");
        }
        List<String> before = new ArrayList<>();
        List<String> behind = new ArrayList<>();
        boolean directories = false;
        for (String element : elements.subList(1, elements.size() - 1)) {
            if (element.equals(DIRECTORY)) {
                directories = true;
            } else {
                (directories ? behind : before).add(tried(text, element));
            }
        }
        boolean fixed = last.startsWith("=");
        return new TryFiles(List.copyOf(before), directories, List.copyOf(behind), fixed ? null : fallback(text, last, names),
                fixed ? status(text, last) : NOT_FOUND);
    }

    private static String tried(String text, String element) {
        boolean path = element.startsWith("/") || element.startsWith(URI);
        if (!path || element.replace(URI, "").indexOf('$') >= 0 || element.indexOf('?') >= 0 || element.endsWith("/")) {
            throw refusal(text,
                    "has '" + element + "', which cannot be tried; write $uri/ for directories, or the path of a file, with $uri "
                            + "in it or not: $uri.html. Only the last element has a query");
        }
        try {
            UrlPath.decode(element.replace(URI, "/x"));
        } catch (UnusablePathException unusable) {
            throw refusal(text, "has '" + element + "': " + unusable.getMessage());
        }
        return element;
    }

    private static int status(String text, String last) {
        if (!last.matches("=[45]\\d\\d")) {
            throw refusal(text, "ends in '" + last + "', which is no status from 400 to 599");
        }
        return Integer.parseInt(last.substring(1));
    }

    private static Fallback fallback(String text, String last, ScriptNames names) {
        if (last.startsWith("@")) {
            throw refusal(text, "ends in " + last + ", and there are no named locations; write what it leads to, such as /index.php?$args");
        }
        return Fallback.lastTried(last, names);
    }

    private static IllegalArgumentException refusal(String text, String why) {
        return new IllegalArgumentException("tryFiles '" + text + "' " + why);
    }

    /** Whether what is not there may have an answer. */
    boolean answersMissing() {
        return fallback != null || triesFiles();
    }

    /** Whether other files are looked for. */
    boolean triesFiles() {
        return !beforeDirectory.isEmpty() || !behindDirectory.isEmpty();
    }

    /** The first of those other files that is there and may be had; null if none is. */
    @Nullable
    UrlPath found(Path root, UrlPath path, ServingPolicy policy) {
        UrlPath before = foundBeforeDirectory(root, path, policy);
        return before != null ? before : found(behindDirectory, root, path, policy);
    }

    /** The same for those that come before a directory. */
    @Nullable
    UrlPath foundBeforeDirectory(Path root, UrlPath path, ServingPolicy policy) {
        return found(beforeDirectory, root, path, policy);
    }

    private static @Nullable UrlPath found(List<String> templates, Path root, UrlPath path, ServingPolicy policy) {
        if (path.searchable() < path.length()) {
            return null;
        }
        String uri = path.encoded() + (path.endsWithSlash() ? "/" : "");
        for (String template : templates) {
            UrlPath other = UrlPath.decode(template.replace(URI, uri));
            Spot spot = Spot.find(root, other);
            if (spot.kind() == Spot.Kind.FILE && spot.depth() == other.length() && !other.endsWithSlash()
                    && policy.firstIn(other) == Integer.MAX_VALUE) {
                return other;
            }
        }
        return null;
    }
}
