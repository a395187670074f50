package org.jettyphp.config;

import java.util.Locale;
import org.jettyphp.config.SettingSource.Kind;

/** How a setting's name is spelled in each kind of source, and which names there are ours at all. */
final class Spelling {

    /** Not {@code PHP_FPM_}: Kubernetes injects names with that prefix for a service named php-fpm. */
    private static final String ENVIRONMENT_PREFIX = "JETTY_PHP_FPM_";

    /** Context-params are shared with other libraries. */
    private static final String CONTEXT_PREFIX = "php.";

    private Spelling() {}

    /** The setting {@code maxConnections}, spelled for a kind of source. */
    static String of(Kind kind, String name) {
        return switch (kind) {
            case FLAG -> words(name, "-");
            case ENVIRONMENT -> ENVIRONMENT_PREFIX + words(name, "_").toUpperCase(Locale.ROOT);
            case SITE, FILE, INIT_PARAM, PRESET, DEFAULT -> name;
            case CONTEXT_PARAM -> CONTEXT_PREFIX + name;
        };
    }

    /** Whether a name in such a source is meant for us; the others are ignored. */
    static boolean ours(Kind kind, String written) {
        return switch (kind) {
            case ENVIRONMENT -> written.startsWith(ENVIRONMENT_PREFIX);
            case CONTEXT_PARAM -> written.startsWith(CONTEXT_PREFIX);
            case SITE, FLAG, FILE, INIT_PARAM, PRESET, DEFAULT -> true;
        };
    }

    /** Whether an entry of a group is a part of the name ({@code ini.NAME}) or of the value ({@code --ini NAME=value}). */
    static boolean dotted(Kind kind) {
        return kind != Kind.FLAG && kind != Kind.ENVIRONMENT;
    }

    /** What a user meant, however spelled: {@code MAX_CONNECTIONS}, {@code max-connections}, {@code php.maxConnections} are alike. */
    static String folded(String written) {
        String bare = written.startsWith(ENVIRONMENT_PREFIX) ? written.substring(ENVIRONMENT_PREFIX.length()) : written;
        bare = bare.startsWith(CONTEXT_PREFIX) ? bare.substring(CONTEXT_PREFIX.length()) : bare;
        return bare.replaceAll("[-_.\\s]", "").toLowerCase(Locale.ROOT);
    }

    private static String words(String camelCase, String separator) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < camelCase.length(); i++) {
            char letter = camelCase.charAt(i);
            if (i > 0 && letter >= 'A' && letter <= 'Z') {
                words.append(separator);
            }
            words.append(letter);
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }
}
