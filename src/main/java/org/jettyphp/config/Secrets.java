package org.jettyphp.config;

import java.util.regex.Pattern;

/** Keeps credentials out of messages and listings. Applications get theirs as entries of groups: {@code param.DB_PASSWORD}. */
final class Secrets {

    private static final String BLANK = "(not shown)";
    private static final Pattern NAME = Pattern.compile("pass|pwd|secret|token|key|credential", Pattern.CASE_INSENSITIVE);

    /** {@code mysql://user:password@host/}: the value of a variable such as {@code DATABASE_URL}, whose name tells nothing. */
    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*:[^@\\s]*@");

    private Secrets() {}

    /**
     * The value, or a mark in its place.
     *
     * @param name the setting's full name; only entries of groups ({@code param.X}) can be credentials
     */
    static String blanked(String name, String value) {
        int dot = name.indexOf('.');
        boolean secret = dot >= 0 && (NAME.matcher(name.substring(dot + 1)).find() || USER_INFO.matcher(value).find());
        return secret ? BLANK : value;
    }
}
