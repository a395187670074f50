package org.jettyphp.htaccess;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code <Files>}, {@code <FilesMatch>}.
 *
 * @param pattern null: all files, since nobody knows which ones were meant
 * @param php values for PHP
 */
record FilesSection(@Nullable Regex pattern, Directives directives, List<PhpValue> php) {

    /** @param name the last name of the path; empty for a directory */
    boolean means(String name) {
        return pattern == null || pattern.matches(name);
    }

    /** {@code *}, {@code ?}, {@code [a-z]} and {@code [!a-z]} of a whole name, and a backslash before what is meant as it is ({@code apr_fnmatch}). */
    static Regex wildcard(String written) throws NotUnderstoodException {
        StringBuilder pattern = new StringBuilder("^");
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '*' || c == '?') {
                pattern.append(c == '*' ? ".*" : ".");
            } else if (c == '[' && i + 1 < written.length() && (written.charAt(i + 1) == '!' || written.charAt(i + 1) == '^')) {
                pattern.append("[^");
                i++;
            } else if (c == '[' || c == ']' || c == '-' || Character.isLetterOrDigit(c)) {
                pattern.append(c);
            } else {
                i += c == '\\' && i + 1 < written.length() ? 1 : 0;
                pattern.append('\\').append(written.charAt(i));
            }
        }
        return Regex.of(pattern.append('$').toString(), false);
    }
}
