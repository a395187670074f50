package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/** A text of mod_rewrite with {@code $1}, {@code %1} and {@code %{VARIABLE}} in it; a backslash makes a letter of what follows. */
record Template(List<Part> parts) {

    private sealed interface Part {}

    private record Text(String text) implements Part {}

    /** {@code $N} of the rule's pattern, or {@code %N} of the last condition's. */
    private record Group(boolean ofRule, int number) implements Part {}

    private record Variable(String name) implements Part {}

    /** What groups stand for while a rule is applied. */
    record Matched(@Nullable MatchResult rule, @Nullable MatchResult condition) {

        private String group(Group wanted) {
            MatchResult match = wanted.ofRule() ? rule : condition;
            String group = match == null || wanted.number() > match.groupCount() ? null : match.group(wanted.number());
            return group == null ? "" : group;
        }
    }

    /** How the value of a group is written into a text. */
    interface Escape {
        String of(String group);
    }

    static Template of(String written) throws NotUnderstoodException {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < written.length();) {
            char c = written.charAt(at);
            char next = at + 1 < written.length() ? written.charAt(at + 1) : 0;
            boolean group = (c == '$' || c == '%') && next >= '0' && next <= '9';
            boolean variable = c == '%' && next == '{';
            if (c == '$' && next == '{') {
                throw new NotUnderstoodException("uses a RewriteMap");
            }
            if (!group && !variable) {
                boolean escaped = c == '\\' && next != 0;
                text.append(escaped ? next : c);
                at += escaped ? 2 : 1;
                continue;
            }
            flush(text, parts);
            if (group) {
                parts.add(new Group(c == '$', next - '0'));
                at += 2;
            } else {
                int end = written.indexOf('}', at);
                if (end < 0) {
                    throw new NotUnderstoodException("has a variable without its closing brace");
                }
                parts.add(new Variable(ServerVariables.known(written.substring(at + 2, end))));
                at = end + 1;
            }
        }
        flush(text, parts);
        return new Template(List.copyOf(parts));
    }

    private static void flush(StringBuilder text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Text(text.toString()));
            text.setLength(0);
        }
    }

    /** Whether the file itself, and not a stranger, writes this character. */
    boolean writes(char c) {
        return parts.stream().anyMatch(part -> part instanceof Text text && text.text().indexOf(c) >= 0);
    }

    String expand(Matched matched, ServerVariables variables, Escape escape) {
        if (parts.size() == 1 && parts.get(0) instanceof Text text) {
            return text.text();
        }
        StringBuilder expanded = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Text text) {
                expanded.append(text.text());
            } else if (part instanceof Group group) {
                expanded.append(escape.of(matched.group(group)));
            } else if (part instanceof Variable variable) {
                expanded.append(variables.value(variable.name()));
            }
        }
        return expanded.toString();
    }
}
