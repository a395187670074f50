package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/**
 * {@code SetEnvIf}.
 *
 * @param attribute what is looked at: a header, a property of the request, or a variable that was set before
 * @param pattern what it must match
 */
record VariableRule(String attribute, Regex pattern, List<Assignment> assignments) {

    /** @param value null: it is unset; with {@code $1} to {@code $9} */
    private record Assignment(String name, @Nullable String value) {}

    static VariableRule of(List<String> words, boolean ignoresCase) throws NotUnderstoodException {
        if (words.size() < 3) {
            throw new NotUnderstoodException("is not an attribute, a pattern and variables");
        }
        // Header names are matched by a pattern there; ^Name$ is the one that people write.
        String attribute = words.get(0).replaceAll("^\\^|\\$$", "");
        if (!attribute.matches("[A-Za-z0-9_-]+")) {
            throw new NotUnderstoodException("looks at headers by a pattern");
        }
        List<Assignment> assignments = new ArrayList<>();
        for (String word : words.subList(2, words.size())) {
            int equals = word.indexOf('=');
            if (word.startsWith("!")) {
                assignments.add(new Assignment(word.substring(1), null));
            } else {
                assignments.add(
                        equals < 0 ? new Assignment(word, "1") : new Assignment(word.substring(0, equals), word.substring(equals + 1)));
            }
        }
        return new VariableRule(attribute, Regex.of(words.get(1), ignoresCase), List.copyOf(assignments));
    }

    void apply(HtaccessRequest request, String uri) {
        MatchResult match = pattern.match(value(request, uri));
        if (match != null) {
            for (Assignment assignment : assignments) {
                request.set(assignment.name(), assignment.value() == null ? null : expanded(assignment.value(), match));
            }
        }
    }

    private String value(HtaccessRequest request, String uri) {
        RequestFacts facts = request.facts();
        return switch (attribute.toLowerCase(Locale.ROOT)) {
            case "remote_addr", "remote_host" -> facts.remoteAddr();
            case "server_addr" -> facts.serverAddr();
            case "request_method" -> facts.method();
            case "request_protocol" -> facts.protocol();
            case "request_uri" -> uri;
            default -> {
                String header = facts.header(attribute);
                String variable = header == null ? request.variable(attribute) : header;
                yield variable == null ? "" : variable;
            }
        };
    }

    private static String expanded(String value, MatchResult match) {
        StringBuilder expanded = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '$' && i + 1 < value.length() && Character.isDigit(value.charAt(i + 1))) {
                int group = value.charAt(++i) - '0';
                expanded.append(group <= match.groupCount() && match.group(group) != null ? match.group(group) : "");
            } else {
                expanded.append(c);
            }
        }
        return expanded.toString();
    }
}
