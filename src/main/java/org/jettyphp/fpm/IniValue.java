package org.jettyphp.fpm;

/**
 * An ini value that an application asks for itself.
 *
 * @param line where, as in {@code /srv/app/.htaccess:12}
 */
public record IniValue(String name, String value, String line) {

    boolean asksTheSameAs(IniValue other) {
        return name.equals(other.name) && value.equals(other.value);
    }
}
