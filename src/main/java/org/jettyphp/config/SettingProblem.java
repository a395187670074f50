package org.jettyphp.config;

import org.jspecify.annotations.Nullable;

/**
 * One reason why the server does not start.
 *
 * @param where the place to look at: {@code flag --max-connections}, {@code init-param target of servlet php-fpm}
 * @param name the setting in camelCase; where there is no such setting, the name as written
 * @param value the value as given; null where none was given or the explanation has it
 * @param explanation what is wrong and what is understood
 */
public record SettingProblem(String where, String name, @Nullable String value, String explanation) {

    /** One line, without control characters (a value cannot forge a line of the log) and without credentials. */
    @Override
    public String toString() {
        String given = value == null ? "" : " = " + quoted(name, value);
        return where + given + ": " + explanation;
    }

    /** One setting has two values, and nothing says which is meant. */
    static SettingProblem differing(String where, String value, String otherWhere, String other, String name) {
        String explanation = "given again, differently, as " + otherWhere + " = " + quoted(name, other)
                + "; give it once, or the same twice";
        return new SettingProblem(where, name, value, explanation);
    }

    /** The explanation that a parser or a constructor gave. */
    static String explanation(IllegalArgumentException refusal) {
        String message = refusal.getMessage();
        return message == null ? refusal.toString() : message;
    }

    private static String quoted(String name, String value) {
        StringBuilder text = new StringBuilder("\"");
        Secrets.blanked(name, value).codePoints().forEach(point -> {
            if (Character.isISOControl(point)) {
                text.append(String.format("\\u%04x", point));
            } else {
                text.appendCodePoint(point);
            }
        });
        return text.append('"').toString();
    }
}
