package org.jettyphp.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One place where settings are given: names, as they are written there, and values.
 *
 * @param kind where it stands in the precedence and how names are spelled in it
 * @param origin which one it is, for messages: {@code filter php-fpm-filter}, {@code /etc/x.properties}; empty where the kind says all
 * @param values names as written in this source, with their values; white space around a value does not count
 */
public record SettingSource(Kind kind, String origin, Map<String, String> values) {

    /** The kinds of sources, the strongest first: a setting given in several has the value of the first of these. */
    public enum Kind {

        /**
         * {@code maxConnections}: what is said of one directory in particular. Lists that add to their default have this and what is said for
         * all.
         */
        SITE,

        /** {@code max-connections} (without the dashes); of a group: {@code ini} with the value {@code NAME=value}. */
        FLAG,

        /**
         * {@code JETTY_PHP_FPM_MAX_CONNECTIONS}; other names are not ours and ignored. A group is one variable, for its entries may have
         * names that no variable can have: {@code JETTY_PHP_FPM_INI="memory_limit=1g;display_errors=0"}. Entries end at {@code ;}, or,
         * if the value has line ends, there only, so that values may contain {@code ;}.
         */
        ENVIRONMENT,

        /** {@code maxConnections}, {@code ini.memory_limit}. */
        FILE,

        /** {@code maxConnections}, {@code ini.memory_limit}; names of stock Jetty are translated, see {@link StockParameters}. */
        INIT_PARAM,

        /** {@code php.maxConnections}, {@code php.ini.memory_limit}; names without {@code php.} are not ours and ignored. */
        CONTEXT_PARAM,

        /** {@code maxConnections}: what an application is known to need. Lists that add to their default have this and what is given. */
        PRESET,

        /** {@code maxConnections}: what a program has decided where nobody says anything. */
        DEFAULT
    }

    /** Keeps a copy of the values, in their order. */
    public SettingSource {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * One flag of the command line. One source each, so that a flag given twice with different values is noticed.
     *
     * @param name without the leading dashes, for example {@code max-connections}
     * @param value as given; for a group {@code NAME=value}; for a switch given without a value: {@code true}
     */
    public static SettingSource flag(String name, String value) {
        return new SettingSource(Kind.FLAG, "", Map.of(name, value));
    }

    /** The environment, as {@link System#getenv()} gives it. */
    public static SettingSource environment(Map<String, String> variables) {
        return new SettingSource(Kind.ENVIRONMENT, "", variables);
    }

    /** All but one name, as it is written there. */
    public SettingSource without(String written) {
        Map<String, String> others = new LinkedHashMap<>(values);
        others.remove(written);
        return new SettingSource(kind, origin, others);
    }

    /** Where a name of this source is written, for messages: {@code init-param maxConnections of servlet php-fpm}. */
    String place(String written) {
        String place = switch (kind) {
            case FLAG -> "flag --" + written;
            case ENVIRONMENT -> "environment variable " + written;
            case FILE, SITE -> written;
            case DEFAULT -> "default " + written;
            case PRESET -> "preset";
            case INIT_PARAM -> "init-param " + written;
            case CONTEXT_PARAM -> "context-param " + written;
        };
        String link = kind == Kind.FILE || kind == Kind.SITE ? " in " : kind == Kind.PRESET ? " " : " of ";
        return origin.isEmpty() ? place : place + link + origin;
    }

    /** Names only: the values may be credentials. */
    @Override
    public String toString() {
        return kind + " " + origin + " " + values.keySet();
    }
}
