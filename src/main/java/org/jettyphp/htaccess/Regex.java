package org.jettyphp.htaccess;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A regular expression in the notation of Apache (PCRE), matched anywhere in a text, in bounded time. */
record Regex(Pattern pattern, String written) {

    /** @throws NotUnderstoodException if Java cannot read it */
    static Regex of(String written, boolean ignoresCase) throws NotUnderstoodException {
        try {
            // Apache's $ is the end, or before one final line feed: Java's would know of more line ends.
            return new Regex(Pattern.compile(translated(written), Pattern.UNIX_LINES | (ignoresCase ? Pattern.CASE_INSENSITIVE : 0)),
                    written);
        } catch (PatternSyntaxException unreadable) {
            throw new NotUnderstoodException("has a pattern that cannot be read: " + unreadable.getDescription() + " in " + written);
        }
    }

    /**
     * What it finds first; null: nothing.
     *
     * @throws BoundedText.TooCostlyException if that cannot be told in time
     */
    @Nullable
    MatchResult match(String text) {
        Matcher matcher = pattern.matcher(new BoundedText(text, written));
        try {
            // Nobody else has this matcher, so it is its own result: a copy costs as much as a short match.
            return matcher.find() ? matcher : null;
        } catch (StackOverflowError tooDeep) {
            throw new BoundedText.TooCostlyException(written);
        }
    }

    boolean matches(String text) {
        return match(text) != null;
    }

    /** As it is written, for the log. */
    @Override
    public String toString() {
        return written;
    }

    /** What PCRE takes for letters and Java does not: a bracket within a class, {@code &&} there, a brace that counts nothing; and classes by name. */
    private static String translated(String written) {
        StringBuilder java = new StringBuilder(written.length() + 8);
        for (int at = 0; at < written.length();) {
            char c = written.charAt(at);
            if (c == '\\' && at + 1 < written.length()) {
                java.append(c).append(written.charAt(at + 1));
                at += 2;
            } else if (c == '[') {
                at = characterClass(written, at, java);
            } else {
                java.append(c == '{' && !COUNT.matcher(written).region(at, written.length()).lookingAt() ? "\\{" : Character.toString(c));
                at++;
            }
        }
        return java.toString();
    }

    private static final Pattern COUNT = Pattern.compile("\\{\\d+(?:,\\d*)?}");
    private static final Pattern NAMED = Pattern.compile("\\[:(\\w+):]");

    private static int characterClass(String written, int open, StringBuilder java) {
        int at = open + 1;
        java.append('[');
        if (at < written.length() && written.charAt(at) == '^') {
            java.append('^');
            at++;
        }
        for (int first = at; at < written.length(); at++) {
            char c = written.charAt(at);
            Matcher named = NAMED.matcher(written).region(at, written.length());
            if (c == ']' && at > first) {
                java.append(c);
                return at + 1;
            } else if (c == '\\' && at + 1 < written.length()) {
                java.append(c).append(written.charAt(++at));
            } else if (c == '[' && named.lookingAt()) {
                java.append(named(named.group(1)));
                at = named.end() - 1;
            } else {
                java.append(c == '[' || c == ']' || c == '&' ? "\\" : "").append(c);
            }
        }
        return at;
    }

    private static String named(String name) {
        return name.equals("word") ? "\\w" : name.equals("xdigit") ? "\\p{XDigit}" : name.isEmpty()
                ? ""
                : "\\p{" + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "}";
    }
}
