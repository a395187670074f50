package org.jettyphp.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A path of an application that the container dispatches to our filter, or, where there is none, to our servlet. Any thread.
 *
 * <p>While a container undeploys an application it dispatches nothing into it any more: Jetty has taken the filters away already, and its
 * error page would name a NullPointerException; Tomcat has no dispatcher for its paths.
 */
final class WayBack {

    private static final String NAME = "php-fpm-failed";

    private final ServletContext context;
    private final String servletName;
    private volatile @Nullable String path;
    private volatile boolean closed;

    WayBack(ServletContext context, String servletName) {
        this.context = context;
        this.servletName = servletName;
    }

    /** Within the context; found with the first request, when mappings do not change any more. */
    String path() {
        String known = path;
        if (known == null) {
            known = find();
            path = known;
        }
        return known;
    }

    /** Whether the container still dispatches. */
    boolean isOpen() {
        return !closed && context.getRequestDispatcher(path()) != null;
    }

    /** The container is taking filter and servlet away. */
    void close() {
        closed = true;
    }

    private String find() {
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            if (PhpFilter.class.getName().equals(filter.getClassName()) && filter.getUrlPatternMappings().contains("/*")) {
                return "/" + NAME;
            }
        }
        ServletRegistration servlet = context.getServletRegistration(servletName);
        Collection<String> patterns = servlet.getMappings();
        return patterns.isEmpty() ? "/" + NAME : ofPattern(patterns.iterator().next());
    }

    private static String ofPattern(String pattern) {
        if (pattern.startsWith("*.")) {
            return "/" + NAME + pattern.substring(1);
        }
        return pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 1) + NAME : pattern;
    }
}
