package org.jettyphp.script;

import org.jspecify.annotations.Nullable;

/**
 * What answers a URL that is no file: {@code /index.php}, {@code /index.php$path}, {@code /index.php?q=$path}.
 *
 * @param script the path of what answers
 * @param pathInfo whether the requested path becomes PATH_INFO
 * @param query the query's template; null: the request's own query stays as it is
 */
record Fallback(UrlPath script, boolean pathInfo, @Nullable String query) {

    private static final String PATH = "$path";
    private static final String FORMS = "; it is written /index.php, /index.php$path (the path as PATH_INFO) or /index.php?q=$path";

    /** @throws IllegalArgumentException if it is none of the three forms, saying what to change */
    static Fallback parse(String text, ScriptNames names) {
        int mark = text.indexOf('?');
        String path = mark < 0 ? text : text.substring(0, mark);
        boolean pathInfo = path.endsWith(PATH);
        UrlPath script = script(text, pathInfo ? path.substring(0, path.length() - PATH.length()) : path);
        String query = mark < 0 || mark == text.length() - 1 ? null : query(text, text.substring(mark + 1));
        String name = script.name(script.length() - 1);
        if (!names.runs(name) && (names.looksLikeScript(name) || pathInfo || query != null)) {
            throw refusal(text, "does not end in one of scriptExtensions " + names.extensions());
        }
        return new Fallback(script, pathInfo, query);
    }

    private static UrlPath script(String text, String path) {
        if (!path.startsWith("/")) {
            throw refusal(text, "does not begin with a slash");
        }
        if (path.indexOf('$') >= 0) {
            throw refusal(text, "has a placeholder that there is not; $path stands at the end of the path or in the query");
        }
        UrlPath script;
        try {
            script = UrlPath.decode(path);
        } catch (UnusablePathException unusable) {
            throw refusal(text, "cannot be used: " + unusable.getMessage());
        }
        if (script.length() == 0 || script.endsWithSlash() || script.searchable() < script.length()) {
            throw refusal(text, "does not name a file; $path begins with a slash of its own");
        }
        return script;
    }

    /** Users of nginx write {@code ?q=$uri&$args}. */
    private static String query(String text, String query) {
        if (query.replace(PATH, "").indexOf('$') >= 0) {
            throw refusal(text, "has a placeholder that there is not; $path is what nginx calls $uri, and the request's own query is "
                    + "appended anyway");
        }
        if (!query.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#')) {
            throw refusal(text, "has a query that is not percent-encoded");
        }
        return query;
    }

    /** @throws IllegalArgumentException if it is never served, so that nothing could answer */
    void check(ServingPolicy policy) {
        if (policy.firstIn(script) != Integer.MAX_VALUE) {
            throw new IllegalArgumentException("fallback '" + name() + "' is never served (deny); name another file, or add it to allow");
        }
    }

    private static IllegalArgumentException refusal(String text, String why) {
        return new IllegalArgumentException("fallback '" + text + "' " + why + FORMS);
    }

    /** The decoded path of what answers, beginning with a slash. */
    String name() {
        return script.first(script.length());
    }

    /** The query for a requested path, without the request's own; null if the template has none. */
    @Nullable
    String queryFor(UrlPath requested) {
        return query == null ? null : query.replace(PATH, PercentCode.encode(requested.whole()));
    }

    @Nullable
    String pathInfoFor(UrlPath requested) {
        return pathInfo ? requested.whole() : null;
    }
}
