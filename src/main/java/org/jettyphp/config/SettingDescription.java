package org.jettyphp.config;

/**
 * What a user may know of a setting: for {@code --help}, the table in the documentation, and the ini of the Jetty module.
 *
 * @param name camelCase, as in init-params, properties files and Java; a group's entries are {@code name.ENTRY}
 * @param group whether it is a group: any number of entries, each with a name of the user's
 * @param type what stands for its value: {@code text}, {@code path}, {@code true|false}, {@code number}, {@code size}, {@code duration},
 *        {@code list}, {@code NAME=value} for a group, or the choices, as in {@code memory|disk}
 * @param byDefault its default as a user would write it; empty: none
 * @param text one sentence with unit, bounds and interaction
 * @param owner the record that it is a component of
 */
public record SettingDescription(String name, boolean group, String type, String byDefault, String text, Class<? extends Record> owner) {

    /** The flag, with its dashes: {@code --max-connections}. */
    public String flag() {
        return "--" + Spelling.of(SettingSource.Kind.FLAG, name);
    }

    /** The environment variable: {@code JETTY_PHP_FPM_MAX_CONNECTIONS}. */
    public String environmentVariable() {
        return Spelling.of(SettingSource.Kind.ENVIRONMENT, name);
    }

    /** The context-param: {@code php.maxConnections}. */
    public String contextParam() {
        return Spelling.of(SettingSource.Kind.CONTEXT_PARAM, name);
    }
}
