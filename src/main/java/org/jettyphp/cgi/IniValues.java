package org.jettyphp.cgi;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * {@code ini.*} and {@code adminIni.*} as the value of {@code PHP_VALUE} and {@code PHP_ADMIN_VALUE}: lines in the syntax of php.ini,
 * which FPM parses (php-src 8.2, sapi/fpm/fpm/fpm_main.c, fastcgi_ini_parser). Sent whole with every request, because a worker keeps
 * what the request before has set. Nothing that a client controls ever gets in here.
 *
 * <p>In that syntax an unquoted value ends without a word at the first {@code ;}, {@code =} or parenthesis (seen with 8.2:
 * {@code a=b} arrives as {@code a}). So a value is put in quotes unless it needs none, has them already, or is an expression of
 * {@code E_*} constants, which only works without.
 */
final class IniValues {

    private static final String PLAIN = "_./:,+-@*% ";
    private static final String EXPRESSION = "_ &|~^!()";

    private IniValues() {}

    /** @throws IllegalArgumentException a name or value that php.ini could not hold; the message says what to change */
    static void add(VariableList list, StandardVariable variable, String group, Map<String, String> values) {
        if (values.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        values.forEach((name, value) -> {
            check(group, name, value);
            lines.append(lines.length() == 0 ? "" : "\n").append(name).append('=').append(written(value));
        });
        list.add(variable.bytes, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void check(String group, String name, String value) {
        String setting = group + "." + Quoted.of(name);
        if (!only(name, "_.-") || name.isEmpty()) {
            throw new IllegalArgumentException(setting + ": a name has letters, digits, dots, hyphens and underscores");
        }
        if (ValueBytes.firstControl(value) >= 0) {
            throw new IllegalArgumentException(setting + ": the value has a control character (a line break, say); remove it");
        }
        if (value.contains("${")) {
            throw new IllegalArgumentException(setting + ": placeholders work in param.NAME only, so that nothing a client sends can set "
                    + "ini values; write the value itself");
        }
    }

    private static String written(String value) {
        boolean expression = value.contains("E_") && only(value, EXPRESSION);
        boolean plain = only(value, PLAIN) && value.equals(value.strip());
        if (expression || plain || isQuoted(value)) {
            return value;
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Whether the quote at the start is closed by the last character and by no other. */
    private static boolean isQuoted(String value) {
        if (value.length() < 2 || value.charAt(0) != '"' && value.charAt(0) != '\'') {
            return false;
        }
        char quote = value.charAt(0);
        for (int i = 1; i < value.length(); i++) {
            if (quote == '"' && value.charAt(i) == '\\') {
                i++;
            } else if (value.charAt(i) == quote) {
                return i == value.length() - 1;
            }
        }
        return false;
    }

    private static boolean only(String text, String besidesLettersAndDigits) {
        return text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                || besidesLettersAndDigits.indexOf(c) >= 0);
    }
}
