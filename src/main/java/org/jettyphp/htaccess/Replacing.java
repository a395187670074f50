package org.jettyphp.htaccess;

import java.util.regex.MatchResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code Header edit}: what a pattern finds gives way to a text with {@code $0} to {@code $9}.
 *
 * @param all {@code edit*}: whatever it finds, and not only the first
 */
record Replacing(Regex pattern, boolean all) {

    private static final Logger LOG = LoggerFactory.getLogger(Replacing.class);

    String in(String text, String by) {
        StringBuilder made = new StringBuilder();
        String rest = text;
        try {
            for (MatchResult match = pattern.match(rest); match != null; match = all && !rest.isEmpty() ? pattern.match(rest) : null) {
                made.append(rest, 0, match.start());
                fill(by, match, made);
                int end = match.end();
                // A pattern that finds nothing at all would find it for ever.
                boolean stays = match.end() == match.start() && end < rest.length();
                made.append(stays ? rest.substring(end, end + 1) : "");
                rest = rest.substring(stays ? end + 1 : end);
            }
        } catch (BoundedText.TooCostlyException costly) {
            LOG.warn("Header edit leaves a header as it is: {}", costly.getMessage());
            return text;
        }
        return made.append(rest).toString();
    }

    /** A text in which {@code $0} to {@code $9} stand for what has been found, and a backslash is before what is meant as it is. */
    static void fill(String by, MatchResult match, StringBuilder into) {
        for (int i = 0; i < by.length(); i++) {
            char c = by.charAt(i);
            boolean more = i + 1 < by.length();
            if (c == '$' && more && Character.isDigit(by.charAt(i + 1))) {
                int group = by.charAt(++i) - '0';
                into.append(group <= match.groupCount() && match.group(group) != null ? match.group(group) : "");
            } else {
                into.append(c == '\\' && more ? by.charAt(++i) : c);
            }
        }
    }
}
