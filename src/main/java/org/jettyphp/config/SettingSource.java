package org.jettyphp.config;

import java.util.Map;

/**
 * One place in which settings are written.
 *
 * @param kind decides the spelling of the names and who wins
 * @param origin what a message calls it, for example "servlet php-fpm" or a file's path
 * @param values names as they are written there
 */
public record SettingSource(Kind kind, String origin, Map<String, String> values) {

    /** In the order of precedence: the first one that has a setting wins. */
    public enum Kind {
        /** {@code maxConnections}, given by the command line that was spelled {@code --max-connections}. */
        FLAG,
        /** {@code JETTY_PHP_FPM_MAX_CONNECTIONS}; other variables are not ours. */
        ENVIRONMENT,
        /** {@code maxConnections}, in a properties file. */
        FILE,
        /** {@code maxConnections}, of a filter or servlet. */
        INIT_PARAM,
        /** {@code php.maxConnections}; parameters without the prefix are not ours. */
        CONTEXT_PARAM,
        /** {@code maxConnections}: what a program does when nobody says anything. */
        DEFAULT
    }
}
