package org.jettyphp.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Collection;

/** Finds a path that the container dispatches to us. */
final class WayBack {

    private static final String NAME = "php-fpm-failed";

    private WayBack() {}

    static String pathFor(ServletContext context, String servletName) {
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
