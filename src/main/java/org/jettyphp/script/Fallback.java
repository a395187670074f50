package org.jettyphp.script;

import org.jspecify.annotations.Nullable;

/**
 * What answers a URL that is no file.
 *
 * @param script the URL path of what runs
 * @param pathInfo whether the requested path becomes PATH_INFO
 * @param query the query's template; null: the request's own query stays as it is
 */
record Fallback(String script, boolean pathInfo, @Nullable String query) {

    private static final String PATH = "$path";

    static Fallback parse(String text) {
        int mark = text.indexOf('?');
        String path = mark < 0 ? text : text.substring(0, mark);
        boolean pathInfo = path.endsWith(PATH);
        String script = pathInfo ? path.substring(0, path.length() - PATH.length()) : path;
        if (!script.startsWith("/") || script.endsWith("/") || script.indexOf('$') >= 0) {
            throw new IllegalArgumentException("fallback is '" + text + "'; it is written /index.php, /index.php$path or /index.php?q=$path");
        }
        return new Fallback(script, pathInfo, mark < 0 ? null : text.substring(mark + 1));
    }

    /** The query for a requested path, followed by the request's own. */
    @Nullable String query(String requestedPath, @Nullable String own) {
        if (query == null) {
            return null;
        }
        String expanded = query.replace(PATH, PercentCoding.encode(requestedPath));
        return own == null || own.isEmpty() ? expanded : expanded + "&" + own;
    }
}
