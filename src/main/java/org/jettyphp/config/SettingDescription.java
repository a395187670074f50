package org.jettyphp.config;

import org.jspecify.annotations.Nullable;

/**
 * A setting as documentation shows it.
 *
 * @param name in camelCase; of a group the part before the dot
 * @param type a word for its values, such as "size" or "duration"
 * @param byDefault null if it has none
 */
public record SettingDescription(String name, String type, @Nullable String byDefault, String text, boolean group, Class<?> owner) {

    /** {@code max-connections}. */
    public String flag() {
        return Spelling.kebab(name);
    }

    /** {@code JETTY_PHP_FPM_MAX_CONNECTIONS}. */
    public String variable() {
        return Spelling.variable(name);
    }
}
