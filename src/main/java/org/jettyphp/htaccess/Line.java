package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A directive, or the beginning or end of a section, as it stands in a file.
 *
 * @param number of its first line, from 1
 * @param name as written; of a section with its {@code <} or {@code </}
 * @param rest what is behind the name; of a section without its {@code >}
 */
record Line(int number, String name, String rest) {

    /** Reads a whole file: a byte order mark, comments and empty lines go, a backslash at the end joins lines. */
    static List<Line> of(String text) {
        List<Line> lines = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        int number = 0;
        int first = 1;
        for (String raw : (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r?\n|\r", -1)) {
            number++;
            if (raw.endsWith("\\")) {
                joined.append(raw, 0, raw.length() - 1);
                continue;
            }
            String whole = joined.append(raw).toString().strip();
            joined.setLength(0);
            if (!whole.isEmpty() && whole.charAt(0) != '#') {
                lines.add(of(first, whole));
            }
            first = number + 1;
        }
        return lines;
    }

    private static Line of(int number, String whole) {
        int end = 0;
        while (end < whole.length() && !Character.isWhitespace(whole.charAt(end)) && (end == 0 || whole.charAt(end) != '>')) {
            end++;
        }
        String rest = whole.substring(end).strip();
        boolean section = whole.charAt(0) == '<';
        return new Line(number, whole.substring(0, end),
                section && rest.endsWith(">") ? rest.substring(0, rest.length() - 1).strip() : rest);
    }

    /** The name as it is compared: Apache does not mind the case. */
    String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** As Apache cuts the arguments of most directives ({@code ap_getword_conf}): quotes group, a backslash stands before a quote or another. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        for (int at = skipBlanks(0); at < rest.length(); at = skipBlanks(at)) {
            char quote = rest.charAt(at);
            boolean quoted = quote == '"' || quote == '\'';
            StringBuilder word = new StringBuilder();
            at = quoted ? at + 1 : at;
            while (at < rest.length() && !(quoted ? rest.charAt(at) == quote : Character.isWhitespace(rest.charAt(at)))) {
                boolean escapes = rest.charAt(at) == '\\' && at + 1 < rest.length()
                        && (rest.charAt(at + 1) == '\\' || quoted && rest.charAt(at + 1) == quote);
                at = escapes ? at + 1 : at;
                word.append(rest.charAt(at++));
            }
            words.add(word.toString());
            at = quoted ? at + 1 : at;
        }
        return words;
    }

    /** As mod_rewrite cuts its own ({@code parseargline}): quotes group, every backslash stays, and one before a blank keeps the word together. */
    List<String> rewriteWords() {
        List<String> words = new ArrayList<>();
        for (int at = skipBlanks(0); at < rest.length(); at = skipBlanks(at)) {
            char quote = rest.charAt(at);
            boolean quoted = quote == '"' || quote == '\'';
            int start = quoted ? at + 1 : at;
            int end = start;
            while (end < rest.length() && !(quoted ? rest.charAt(end) == quote : Character.isWhitespace(rest.charAt(end)))) {
                boolean keeps = rest.charAt(end) == '\\' && end + 1 < rest.length()
                        && (Character.isWhitespace(rest.charAt(end + 1)) || quoted && rest.charAt(end + 1) == quote);
                end += keeps ? 2 : 1;
            }
            words.add(rest.substring(start, Math.min(end, rest.length())));
            at = quoted ? end + 1 : end;
        }
        return words;
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < rest.length() && Character.isWhitespace(rest.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The only argument. */
    String word() throws NotUnderstoodException {
        List<String> words = words();
        if (words.size() != 1) {
            throw new NotUnderstoodException("has " + words.size() + " arguments instead of one");
        }
        return words.get(0);
    }

    boolean on() throws NotUnderstoodException {
        return switch (word().toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new NotUnderstoodException("is neither On nor Off");
        };
    }

    @Override
    public String toString() {
        return rest.isEmpty() ? name : name + " " + rest;
    }
}
