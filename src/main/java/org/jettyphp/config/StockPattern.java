package org.jettyphp.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code scriptPattern} of stock Jetty: a regular expression over the raw path, whose first group is SCRIPT_NAME and whose second,
 * if any, PATH_INFO. Ours are endings, compared with the real name of the file: no expression can then be got round (CVE-2019-11043
 * began with a line end that such a one does not match). So only patterns that say no more than an ending can be translated.
 */
final class StockPattern {

    private static final String ANYTHING = "/?\\.[+*]\\??";
    private static final String DOT = "(?:\\\\\\.|\\[\\.])";
    private static final String ENDINGS = "(?:(\\w+)|\\(\\?:(\\w+(?:\\|\\w+)*)\\))";
    private static final String PATH_INFO = "(?:\\((?:\\$\\||\\|)?/\\.[*+](?:\\|\\$?)?\\)\\??)?";
    private static final Pattern TRANSLATABLE = Pattern.compile("\\^?\\(" + ANYTHING + DOT + ENDINGS + "\\)" + PATH_INFO + "\\$?");

    private StockPattern() {}

    /**
     * The script extensions that the pattern means, as {@code scriptExtensions} has them.
     *
     * @throws IllegalArgumentException if it says more than an ending
     */
    static String extensions(String pattern) {
        Matcher form = TRANSLATABLE.matcher(pattern);
        if (!form.matches()) {
            throw new IllegalArgumentException("only patterns for an ending of the name are understood, such as (.+?\\.php),"
                    + " (.+\\.php)(/.*)? or (.+?\\.(?:php|phtml)); for other scripts set scriptExtensions, such as: php phtml");
        }
        return form.group(1) != null ? form.group(1) : form.group(2).replace('|', ' ');
    }
}
