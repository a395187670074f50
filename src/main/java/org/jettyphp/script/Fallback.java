package org.jettyphp.script;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What answers a URL that is no file: {@code /index.php}, {@code /index.php$path}, {@code /index.php?q=$path}; or, as the last element of
 * {@code tryFiles}, {@code /index.php}, {@code /index.php?$args}, {@code /index.php$uri?$args}, {@code /index.php?q=$uri&$args}.
 *
 * @param script the path of what answers
 * @param pathInfo whether the requested path becomes PATH_INFO
 * @param query the query's template, with {@code $uri} and {@code $args}; null: the request's own query stays as it is
 */
record Fallback(UrlPath script, boolean pathInfo, @Nullable String query) {

    private static final Logger LOG = LoggerFactory.getLogger(Fallback.class);
    private static final String URI = "$uri";
    private static final String OWN = "$args";

    private static final Notation OF_FALLBACK = new Notation("fallback", "$path",
            "; it is written /index.php, /index.php$path (the path as PATH_INFO) or /index.php?q=$path");

    private static final Notation OF_TRY_FILES = new Notation("tryFiles", URI,
            "; its last element is written /index.php?$args, /index.php (without the request's own query), /index.php$uri?$args "
                    + "(the path as PATH_INFO), /index.php?q=$uri&$args or =404");

    /**
     * How a setting has it written.
     *
     * @param path what stands for the requested path
     */
    private record Notation(String setting, String path, String forms) {

        IllegalArgumentException refusal(String text, String why) {
            return new IllegalArgumentException(setting + " '" + text + "' " + why + forms);
        }
    }

    /** @throws IllegalArgumentException if it is none of the three forms, saying what to change */
    static Fallback parse(String text, ScriptNames names) {
        int mark = text.indexOf('?');
        String query = mark < 0 || mark == text.length() - 1 ? null : text.substring(mark + 1);
        if (query != null && query.replace(OF_FALLBACK.path(), "").indexOf('$') >= 0) {
            throw OF_FALLBACK.refusal(text, "has a placeholder that there is not; $path is what nginx calls $uri, and the request's own "
                    + "query is appended anyway");
        }
        return parse(OF_FALLBACK, text, mark < 0 ? text : text.substring(0, mark),
                query == null ? null : query.replace(OF_FALLBACK.path(), URI) + "&" + OWN, names);
    }

    /**
     * The last element of nginx's {@code try_files}: its query is the whole one, and empty if it has none.
     *
     * @throws IllegalArgumentException if it cannot be used, saying what to change
     */
    static Fallback lastTried(String written, ScriptNames names) {
        String text = written.replace("$query_string", OWN).replace("$is_args" + OWN, "?" + OWN);
        if (text.endsWith("$request_uri") && text.indexOf('?') < 0) {
            text = text.replace("$request_uri", URI + "?" + OWN);
        }
        int mark = text.indexOf('?');
        String query = mark < 0 ? "" : text.substring(mark + 1);
        if (query.replace(URI, "").replace(OWN, "").indexOf('$') >= 0) {
            throw OF_TRY_FILES.refusal(written, "has a variable that there is not; there are $uri, $args, $query_string and $is_args");
        }
        return parse(OF_TRY_FILES, written, mark < 0 ? text : text.substring(0, mark), query, names);
    }

    private static Fallback parse(Notation notation, String text, String path, @Nullable String query, ScriptNames names) {
        boolean pathInfo = path.endsWith(notation.path());
        UrlPath script = script(notation, text, pathInfo ? path.substring(0, path.length() - notation.path().length()) : path);
        if (query != null && !query.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#')) {
            throw notation.refusal(text, "has a query that is not percent-encoded");
        }
        String name = script.name(script.length() - 1);
        boolean forScript = pathInfo || query != null && !query.isEmpty() && !query.equals(OWN);
        if (!names.runs(name) && (names.looksLikeScript(name) || forScript)) {
            throw notation.refusal(text, "does not end in one of scriptExtensions " + names.extensions());
        }
        return new Fallback(script, pathInfo, query);
    }

    private static UrlPath script(Notation notation, String text, String path) {
        if (!path.startsWith("/")) {
            throw notation.refusal(text, "does not begin with a slash");
        }
        if (path.indexOf('$') >= 0) {
            throw notation.refusal(text,
                    "has a placeholder that there is not; " + notation.path() + " stands at the end of the path or in the query");
        }
        UrlPath script;
        try {
            script = UrlPath.decode(path);
        } catch (UnusablePathException unusable) {
            throw notation.refusal(text, "cannot be used: " + unusable.getMessage());
        }
        if (script.length() == 0 || script.endsWithSlash() || script.searchable() < script.length()) {
            throw notation.refusal(text, "does not name a file; " + notation.path() + " begins with a slash of its own");
        }
        return script;
    }

    /** @throws IllegalArgumentException if it is never served, so that nothing could answer */
    void check(ServingPolicy policy) {
        if (policy.firstIn(script) != Integer.MAX_VALUE) {
            throw new IllegalArgumentException("fallback '" + name() + "' is never served (deny); name another file, or add it to allow");
        }
    }

    /** The decoded path of what answers, beginning with a slash. */
    String name() {
        return script.first(script.length());
    }

    /** The query for a requested path; null if the template has none. */
    @Nullable
    Query queryFor(UrlPath requested) {
        if (query == null) {
            return null;
        }
        String path = PercentCode.encode(requested.whole());
        // Cut first: a stranger's path may have "$args" in it.
        return new Query(Arrays.stream(query.split("\\$args", -1)).map(piece -> piece.replace(URI, path)).toList());
    }

    @Nullable
    String pathInfoFor(UrlPath requested) {
        return pathInfo ? requested.whole() : null;
    }

    /** @throws IllegalArgumentException if no file can have such a name */
    void warnIfMissing(Path documentRoot) {
        try {
            if (!Files.isRegularFile(Spot.below(documentRoot, name()))) {
                LOG.warn("What is no file gets 404 until there is the fallback {} below {}", name(), documentRoot);
            }
        } catch (UnusablePathException inexpressible) {
            throw new IllegalArgumentException("fallback '" + name() + "' cannot be used: " + inexpressible.getMessage(), inexpressible);
        }
    }
}
