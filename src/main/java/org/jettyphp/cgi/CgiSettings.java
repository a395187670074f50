package org.jettyphp.cgi;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jettyphp.setting.Setting;

/** What PHP is told beside the request, and how much it may answer in its head. */
public record CgiSettings(
        @Setting(text = "Own variables: param.NAME=value, with the placeholders ${header:X}, ${attr:X} (a request attribute) and ${env:X}; "
                + "wins over a variable of the same name. Not PHP_VALUE, PHP_ADMIN_VALUE, SCRIPT_FILENAME, REQUEST_BODY_FILE")
        Map<String, String> param,
        @Setting(text = "php.ini values that scripts may change: ini.NAME=value; sent with every request as PHP_VALUE")
        Map<String, String> ini,
        @Setting(text = "php.ini values that scripts cannot change: adminIni.NAME=value; sent with every request as PHP_ADMIN_VALUE")
        Map<String, String> adminIni,
        @Setting(byDefault = "false", text = "Whether request headers with an underscore in their name are passed on; PHP cannot tell X_A from X-A, so they can forge one another")
        boolean underscoreHeaders,
        @Setting(byDefault = "256k", text = "Largest head of an answer in bytes; a larger one is answered 502")
        long maxResponseHeader) {

    private static final Set<String> OURS = Set.of("PHP_VALUE", "PHP_ADMIN_VALUE", "SCRIPT_FILENAME", "REQUEST_BODY_FILE");
    private static final int LEAST_HEAD = 1024;

    public CgiSettings {
        param.forEach(CgiSettings::checkParam);
        ini.forEach((name, value) -> checkIni("ini.", name, value));
        adminIni.forEach((name, value) -> checkIni("adminIni.", name, value));
        if (maxResponseHeader < LEAST_HEAD || maxResponseHeader > 1 << 30) {
            throw new IllegalArgumentException("maxResponseHeader is " + maxResponseHeader + "; it lies between 1k and 1g");
        }
    }

    private static void checkParam(String name, String template) {
        if (OURS.contains(name.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("param." + name + " cannot be set: it decides what runs"
                    + (name.toUpperCase(Locale.ROOT).startsWith("PHP_") ? "; use ini." + "NAME or adminIni.NAME" : ""));
        }
        if (!name.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || c == '_')) {
            throw new IllegalArgumentException("param." + name + " is no variable's name: letters, digits and _ only");
        }
        Template.parse("param." + name, template);
    }

    private static void checkIni(String prefix, String name, String value) {
        if (!name.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-')) {
            throw new IllegalArgumentException(prefix + name + " is no php.ini setting: letters, digits, '_', '.' and '-' only");
        }
        if (value.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException(prefix + name + " has a control character in its value; it would begin another setting");
        }
    }
}
