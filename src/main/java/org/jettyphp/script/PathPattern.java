package org.jettyphp.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which names or paths below the document root are meant, whatever their case: {@code *.sql} any file or directory of such a name,
 * {@code /private} this one and what is below it, {@code /vendor/**}{@code /*.php} with {@code **} for any number of directories. {@code *}
 * stands for any characters of one name, {@code ?} for one.
 *
 * @param globs one for a name, or one for each segment of a path; lower case
 * @param path whether it is a path from the document root on
 */
record PathPattern(List<String> globs, boolean path) {

    private static final String ANY_DIRECTORIES = "**";

    /** @throws IllegalArgumentException if it is neither, saying what to change; the message begins with the setting's name */
    static PathPattern parse(String setting, String text) {
        String pattern = text.toLowerCase(Locale.ROOT);
        boolean path = pattern.startsWith("/");
        String inner = path ? pattern.substring(1) : pattern;
        String[] globs = (inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner).split("/", -1);
        if (!path && globs.length > 1) {
            throw new IllegalArgumentException(setting + " has '" + text + "'; a path begins with a slash: '/" + text + "'");
        }
        for (String glob : globs) {
            if (glob.isEmpty() || glob.equals(".") || glob.equals("..")
                    || glob.contains(ANY_DIRECTORIES) && !(globs.length > 1 && glob.equals(ANY_DIRECTORIES))) {
                throw new IllegalArgumentException(
                        setting + " has '" + text + "'; write a name such as *.sql, or a path below the document "
                                + "root such as /private or /vendor/**/*.php");
            }
        }
        return new PathPattern(List.of(globs), path);
    }

    static List<PathPattern> parse(String setting, List<String> texts) {
        List<PathPattern> patterns = new ArrayList<>();
        texts.forEach(text -> patterns.add(parse(setting, text)));
        return List.copyOf(patterns);
    }

    /**
     * How far it reaches: the number of leading names up to the first one that it means.
     *
     * @param names lower case
     * @return 0 if it means none of them
     */
    int reach(List<String> names) {
        if (path) {
            return pathReach(names);
        }
        for (int i = 0; i < names.size(); i++) {
            if (means(names.get(i))) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Whether it is a pattern for names and means this one. */
    boolean means(String name) {
        return !path && matches(globs.get(0), name);
    }

    /** As {@link #matches}, with names for characters, and content with a beginning. */
    private int pathReach(List<String> names) {
        int stars = -1;
        int resumed = 0;
        int at = 0;
        int i = 0;
        while (at < globs.size()) {
            if (globs.get(at).equals(ANY_DIRECTORIES)) {
                stars = at++;
                resumed = i;
            } else if (i < names.size() && matches(globs.get(at), names.get(i))) {
                at++;
                i++;
            } else if (stars >= 0 && resumed < names.size()) {
                at = stars + 1;
                i = ++resumed;
            } else {
                return 0;
            }
        }
        return i;
    }

    /** Goes back to the last star only, so that no pattern takes longer than the product of the two lengths. */
    static boolean matches(String glob, String name) {
        // Most patterns are endings, and most names end in another letter.
        char last = glob.charAt(glob.length() - 1);
        if (last != '*' && last != '?' && (name.isEmpty() || name.charAt(name.length() - 1) != last)) {
            return false;
        }
        int star = -1;
        int resumed = 0;
        int at = 0;
        for (int i = 0; i < name.length();) {
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                resumed = i;
            } else if (at < glob.length() && (glob.charAt(at) == '?' || glob.charAt(at) == name.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resumed;
            } else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }
}
