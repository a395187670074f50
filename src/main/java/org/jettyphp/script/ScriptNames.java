package org.jettyphp.script;

import java.util.List;
import java.util.Locale;

/**
 * Which names are scripts' and which only look like it.
 *
 * @param extensions without the dot, letters and digits
 */
record ScriptNames(List<String> extensions) {

    /**
     * Apache's {@code \.php$}, but not as a regular expression: there {@code $} also matches before a final line terminator, and
     * {@code x.php\n} is another file. Case matters, as in PHP-FPM's security.limit_extensions.
     */
    boolean runs(String name) {
        for (String extension : extensions) {
            int dot = name.length() - extension.length() - 1;
            if (dot >= 0 && name.charAt(dot) == '.' && name.endsWith(extension)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether sending the file as it is might show source: {@code .PHP}, {@code .phtml}, {@code .php5}, {@code .phar}, copies such as
     * {@code x.php~}, {@code x.php.bak}, {@code .x.php.swp} and {@code x.php.}, and every {@code .ph*} at the end. Further inside a name
     * only the known beginnings count, or {@code holiday.photos.zip} would be missing. Scripts that run look like scripts.
     */
    boolean looksLikeScript(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith(".ph", lower.lastIndexOf('.'))) {
            return true;
        }
        for (int dot = lower.indexOf('.'); dot >= 0; dot = lower.indexOf('.', dot + 1)) {
            if (beginsLikePhp(lower, dot + 1) || beginsWithOurs(lower, dot + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a name looks like a script's and is none of ours, so that the file must not be used at all. */
    boolean neither(String name) {
        return !runs(name) && looksLikeScript(name);
    }

    private static boolean beginsLikePhp(String lower, int at) {
        return lower.startsWith("php", at) || lower.startsWith("pht", at) || lower.startsWith("phar", at);
    }

    /** A configured extension in any case, and its copies; {@code .include} is not {@code .inc}. */
    private boolean beginsWithOurs(String lower, int at) {
        for (String extension : extensions) {
            int end = at + extension.length();
            boolean ours = lower.startsWith(extension.toLowerCase(Locale.ROOT), at);
            if (ours && (end == lower.length() || !Character.isLetterOrDigit(lower.charAt(end)))) {
                return true;
            }
        }
        return false;
    }
}
