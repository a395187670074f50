package org.jettyphp.launch;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which requests a site is for.
 *
 * @param host their host, in lower case and without a port; {@code *.example} for every name below it; empty for every host
 * @param path at and below which; empty for all
 */
record SiteKey(String host, String path) {

    /** The longest path, then a host of its own before a pattern, the longer pattern first, and before all hosts. */
    static final Comparator<SiteKey> STRONGEST_FIRST = Comparator.comparingInt((SiteKey key) -> -key.path.length())
            .thenComparingInt(key -> key.host.isEmpty() ? 2 : key.isPattern() ? 1 : 0).thenComparingInt(key -> -key.host.length());

    private static final Pattern HOST =
            Pattern.compile("((?:\\*\\.)?[a-z0-9_](?:[a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+])\\.?(?::[0-9]{1,5})?");
    private static final Pattern PATH = Pattern.compile("(?:/[^/?#;%\\\\\\s\\p{Cntrl}]+)*");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none; the message begins with {@code site.}
     */
    static SiteKey of(String written) {
        int slash = written.indexOf('/');
        String host = (slash < 0 ? written : written.substring(0, slash)).toLowerCase(Locale.ROOT);
        String path = slash < 0 ? "" : written.substring(slash).replaceFirst("/$", "");
        Matcher named = HOST.matcher(host);
        if (!host.isEmpty() && !named.matches()) {
            throw new IllegalArgumentException(
                    "site." + written + ": '" + host + "' is no host; write blog.example, or *.example for every "
                            + "name below it, names with other letters as xn--...; or a path alone, which begins with /");
        }
        if (!PATH.matcher(path).matches() || path.matches("(?:.*/)?\\.\\.?(?:/.*)?")) {
            throw new IllegalArgumentException("site." + written + ": '" + path + "' is no path that a site can have; write it as it is "
                    + "before its URL is encoded, like /shop");
        }
        return new SiteKey(host.isEmpty() ? "" : named.group(1), path);
    }

    /** What no other site has, below the server's own context path. */
    static SiteKey ofAllHosts(String contextPath) {
        return new SiteKey("", contextPath.equals("/") ? "" : contextPath);
    }

    private boolean isPattern() {
        return host.startsWith("*.");
    }

    /** {@code name}: in lower case, without a dot at its end. */
    boolean hasHost(String name) {
        return host.isEmpty() || (isPattern() ? name.endsWith(host.substring(1)) : name.equals(host));
    }

    /** {@code canonical}: decoded, without dot segments. */
    boolean hasPath(String canonical) {
        return canonical.startsWith(path)
                && (canonical.length() == path.length() || path.isEmpty() || canonical.charAt(path.length()) == '/');
    }

    /** As Jetty has it. */
    String contextPath() {
        return path.isEmpty() ? "/" : path;
    }

    @Override
    public String toString() {
        return host.isEmpty() ? contextPath() : host + path;
    }
}
