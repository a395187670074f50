package org.jettyphp.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The spellings of one name: camelCase, kebab-case, UPPER_SNAKE_CASE. */
final class Spelling {

    static final String VARIABLE_PREFIX = "JETTY_PHP_FPM_";
    static final String CONTEXT_PREFIX = "php.";

    private Spelling() {}

    static String kebab(String camel) {
        return separated(camel, '-');
    }

    static String variable(String camel) {
        return VARIABLE_PREFIX + separated(camel, '_').toUpperCase(Locale.ROOT);
    }

    private static String separated(String camel, char separator) {
        StringBuilder text = new StringBuilder();
        for (char c : camel.toCharArray()) {
            if (Character.isUpperCase(c)) {
                text.append(separator);
            }
            text.append(Character.toLowerCase(c));
        }
        return text.toString();
    }

    /** The known name that was probably meant; null if none is near. */
    static @Nullable String nearest(String written, Collection<String> known) {
        String best = null;
        int least = Math.max(2, written.length() / 3) + 1;
        for (String name : known) {
            int distance = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best;
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
