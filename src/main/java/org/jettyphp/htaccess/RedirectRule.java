package org.jettyphp.htaccess;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/**
 * {@code Redirect}, {@code RedirectMatch}, {@code RedirectPermanent}, {@code RedirectTemp}.
 *
 * @param path the URL path it is for, with all that is below it; meaningless where there is a pattern
 * @param pattern null: {@code path} counts
 * @param target null for a status that leads nowhere
 */
record RedirectRule(String path, @Nullable Regex pattern, int status, @Nullable String target) {

    static RedirectRule of(String key, List<String> words) throws NotUnderstoodException {
        boolean fixed = key.equals("redirectpermanent") || key.equals("redirecttemp");
        boolean named = !fixed && words.size() > 1 && !words.get(0).startsWith("/") && status(words.get(0)) > 0;
        int status = key.equals("redirectpermanent") ? 301 : named ? status(words.get(0)) : 302;
        List<String> rest = named ? words.subList(1, words.size()) : words;
        boolean leads = status / 100 == 3;
        if (rest.size() != (leads ? 2 : 1)) {
            throw new NotUnderstoodException("has not the arguments of a status " + status);
        }
        String target = leads ? rest.get(1) : null;
        if (target != null && !target.startsWith("/") && !target.matches("[A-Za-z][A-Za-z0-9+.-]*:.+")) {
            throw new NotUnderstoodException("leads to neither a URL nor a path that begins with a slash");
        }
        if (key.equals("redirectmatch")) {
            return new RedirectRule("", Regex.of(rest.get(0), false), status, target);
        }
        if (!rest.get(0).startsWith("/")) {
            throw new NotUnderstoodException("is for a path that does not begin with a slash");
        }
        return new RedirectRule(rest.get(0), null, status, target);
    }

    private static int status(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "permanent" -> 301;
            case "temp" -> 302;
            case "seeother" -> 303;
            case "gone" -> 410;
            default -> word.matches("[345]\\d\\d") ? Integer.parseInt(word) : 0;
        };
    }

    /** What becomes of a decoded URL path; null if it is not meant. */
    @Nullable
    Outcome of(String uri, @Nullable String query) {
        String to;
        if (pattern != null) {
            MatchResult match = pattern.match(uri);
            if (match == null) {
                return null;
            }
            to = target == null ? "" : replaced(target, match);
        } else {
            if (!uri.startsWith(path) || !path.endsWith("/") && uri.length() > path.length() && uri.charAt(path.length()) != '/') {
                return null;
            }
            to = target == null ? "" : target + UrlEscape.path(uri.substring(path.length()));
        }
        return target == null
                ? new Outcome.Refused(status, "Redirect " + status)
                : new Outcome.Moved(status, UrlEscape.controls(query == null || to.indexOf('?') >= 0 ? to : to + "?" + query, true));
    }

    /** The query and the fragment are as the file has them. */
    private static String replaced(String target, MatchResult match) {
        StringBuilder to = new StringBuilder();
        Replacing.fill(target, match, to);
        int end = 0;
        while (end < to.length() && to.charAt(end) != '?' && to.charAt(end) != '#') {
            end++;
        }
        return UrlEscape.path(to.substring(0, end)) + to.substring(end);
    }
}
