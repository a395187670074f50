package org.jettyphp.htaccess;

/**
 * An ini value that {@code php_value} or {@code php_flag} asks for.
 *
 * @param line file and number, as in {@code /srv/app/.htaccess:12}
 * @param written the line itself
 * @param value as mod_php hands it to PHP: {@code none} is empty, a flag 1 or 0
 */
public record PhpValue(String line, String written, String name, String value) {

    /** For the log, where nobody obeys it. */
    String ignored() {
        return line + ": '" + written + "' is ignored: PHP-FPM's workers would keep it for others; set ini." + name
                + " instead, for the whole application";
    }
}
