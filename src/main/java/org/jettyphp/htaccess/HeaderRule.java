package org.jettyphp.htaccess;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code Header}.
 *
 * @param value with {@code %%} and {@code %{NAME}e}; null where the action has none
 * @param always also on answers of ours that are errors or redirects
 * @param replacing what {@code edit} replaces; null for all others
 * @param condition the name of a variable that must be set, or with {@code !} must not; null: none
 */
record HeaderRule(HeaderEdit.Action action, String name, @Nullable String value, boolean always, @Nullable Replacing replacing,
        @Nullable String condition) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    /** Where a message ends is nobody's to say but the server's. */
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding", "connection", "upgrade", "trailer");

    private static final Pattern NOT_VARIABLE = Pattern.compile("%(?!%|\\{[^}]*}e)");

    static HeaderRule of(List<String> words) throws NotUnderstoodException {
        int at = 0;
        boolean always = false;
        if (!words.isEmpty() && words.get(0).matches("(?i)always|onsuccess")) {
            always = words.get(at++).equalsIgnoreCase("always");
        }
        if (words.size() < at + 2) {
            throw new NotUnderstoodException("has no action and name");
        }
        boolean all = words.get(at).equals("edit*");
        HeaderEdit.Action action = action(words.get(at++));
        String name = words.get(at++).replaceAll(":$", "");
        String value = null;
        Replacing replacing = null;
        if (action == HeaderEdit.Action.EDIT && at < words.size()) {
            replacing = new Replacing(Regex.of(words.get(at++), false), all);
        }
        if (action != HeaderEdit.Action.UNSET) {
            if (at == words.size()) {
                throw new NotUnderstoodException("has no value");
            }
            value = value(words.get(at++));
        }
        if (!NAME.matcher(name).matches() || FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            throw new NotUnderstoodException("has a name that no rule may set");
        }
        return new HeaderRule(action, name, value, always, replacing,
                at == words.size() ? null : condition(words.subList(at, words.size())));
    }

    private static HeaderEdit.Action action(String word) throws NotUnderstoodException {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "set" -> HeaderEdit.Action.SET;
            case "setifempty" -> HeaderEdit.Action.SET_IF_EMPTY;
            case "append" -> HeaderEdit.Action.APPEND;
            case "add" -> HeaderEdit.Action.ADD;
            case "merge" -> HeaderEdit.Action.MERGE;
            case "unset" -> HeaderEdit.Action.UNSET;
            case "edit", "edit*" -> HeaderEdit.Action.EDIT;
            default -> throw new NotUnderstoodException("has the action " + word);
        };
    }

    private static String value(String word) throws NotUnderstoodException {
        if (NOT_VARIABLE.matcher(word.replace("%%", "")).find()) {
            throw new NotUnderstoodException("has a placeholder other than %{NAME}e");
        }
        if (word.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F)) {
            throw new NotUnderstoodException("has a control character");
        }
        return word;
    }

    private static String condition(List<String> words) throws NotUnderstoodException {
        if (words.size() != 1 || !words.get(0).startsWith("env=")) {
            throw new NotUnderstoodException("has a condition other than env=NAME");
        }
        return words.get(0).substring("env=".length());
    }

    /**
     * For a request; null if its condition is not met.
     *
     * @param variables all that the request has, those of {@code SetEnv} too
     */
    @Nullable
    HeaderEdit edit(Map<String, String> variables) {
        if (condition != null) {
            boolean turned = condition.startsWith("!");
            if (variables.containsKey(turned ? condition.substring(1) : condition) == turned) {
                return null;
            }
        }
        return new HeaderEdit(action, name, value == null ? "" : expanded(value, variables), always, replacing);
    }

    private static String expanded(String value, Map<String, String> variables) {
        StringBuilder expanded = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != '%') {
                expanded.append(value.charAt(i));
            } else if (value.charAt(i + 1) == '%') {
                expanded.append(value.charAt(++i));
            } else {
                int end = value.indexOf('}', i);
                String variable = variables.get(value.substring(i + 2, end));
                expanded.append(variable == null ? "(null)" : UrlEscape.controls(variable, true));
                i = end + 1;
            }
        }
        return expanded.toString();
    }
}
