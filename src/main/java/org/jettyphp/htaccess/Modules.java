package org.jettyphp.htaccess;

import java.util.Locale;
import java.util.Set;

/** Which of Apache's modules count as there: those whose directives are understood, or whose absence would mean something else. */
final class Modules {

    /** Of which version of Apache {@code <IfVersion>} learns. */
    static final String VERSION = "2.4.62";

    private static final Set<String> THERE = Set.of("access_compat", "alias", "authz_core", "authz_host", "autoindex", "core", "deflate",
            "dir", "env", "expires", "filter", "headers", "mime", "negotiation", "proxy_fcgi", "rewrite", "setenvif", "so", "version");

    private Modules() {}

    /**
     * @param name {@code mod_rewrite.c} or {@code rewrite_module}. PHP's own counts as there: what is written for it is meant for PHP,
     *        {@code php_flag engine off} above all. So do those of logins: what is shut by one of them must not be open
     */
    static boolean has(String name) {
        String module = name.toLowerCase(Locale.ROOT).replaceFirst("^mod_", "").replaceFirst("\\.c$|_module$", "");
        return THERE.contains(module) || module.matches("php\\d?|auth(?:n|z|nz)?_\\w+");
    }

    /** {@code <IfVersion >= 2.4>}. */
    static boolean hasVersion(String operator, String version) throws NotUnderstoodException {
        if (!version.matches("\\d+(\\.\\d+){0,2}")) {
            throw new NotUnderstoodException("has the version " + version);
        }
        int compared = compare(VERSION.split("\\."), version.split("\\."));
        boolean turned = operator.startsWith("!");
        boolean met = switch (turned ? operator.substring(1) : operator) {
            case "=", "==" -> compared == 0;
            case ">" -> compared > 0;
            case ">=" -> compared >= 0;
            case "<" -> compared < 0;
            case "<=" -> compared <= 0;
            default -> throw new NotUnderstoodException("has the operator " + operator);
        };
        return met != turned;
    }

    private static int compare(String[] ours, String[] other) {
        for (int i = 0; i < ours.length; i++) {
            int compared = Integer.compare(Integer.parseInt(ours[i]), i < other.length ? Integer.parseInt(other[i]) : 0);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }
}
