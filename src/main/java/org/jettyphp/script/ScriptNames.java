package org.jettyphp.script;

import java.util.List;
import java.util.Locale;

/** Which names are scripts' and which only look like it. */
final class ScriptNames {

    private final List<String> endings;

    ScriptNames(List<String> extensions) {
        endings = extensions.stream().map(extension -> "." + extension).toList();
    }

    /**
     * Apache's {@code \.php$}, but with {@code endsWith}: a regular expression's {@code $} also matches before a final line terminator, and
     * {@code x.php\n} is another file.
     */
    boolean isScript(String name) {
        for (String ending : endings) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether sending the file as it is might show source: {@code .PHP}, {@code .phtml}, {@code .php5}, {@code x.php~}, {@code x.php.bak},
     * {@code x.php.} and what a configured extension looks like in another case.
     */
    boolean looksLikeScript(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String ending : endings) {
            if (lower.contains(ending.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        int dot = lower.lastIndexOf('.');
        return lower.contains(".php") || dot >= 0 && lower.startsWith("ph", dot + 1);
    }
}
