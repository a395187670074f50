package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the filter and the servlet where the container has not read the jar's {@code web-fragment.xml}. Tomcat does not look for
 * fragments in jars named {@code jetty-*.jar} ({@code jarsToSkip} in its {@code catalina.properties}), and without the filter its default
 * servlet would send the source of every script. Jetty without its annotations module, in turn, runs no initializers, but reads fragments.
 */
public final class PhpInitializer implements ServletContainerInitializer {

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        if (!has(PhpServlet.class, context.getServletRegistrations())) {
            ServletRegistration.Dynamic servlet = context.addServlet(PhpApplication.SERVLET_NAME, PhpServlet.class);
            // Null: a web.xml has taken the name for something else, and says what it wants.
            if (servlet == null) {
                return;
            }
            servlet.setAsyncSupported(true);
            servlet.setLoadOnStartup(0);
        }
        if (!has(PhpFilter.class, context.getFilterRegistrations()) && isUnmapped(context)) {
            FilterRegistration.Dynamic filter = context.addFilter(PhpApplication.FILTER_NAME, PhpFilter.class);
            if (filter != null) {
                filter.setAsyncSupported(true);
                filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
            }
        }
    }

    private static boolean has(Class<?> type, Map<String, ? extends Registration> all) {
        return all.values().stream().anyMatch(registration -> type.getName().equals(registration.getClassName()));
    }

    /** Whoever maps the servlet alone, to {@code *.php} say, does not want the filter. */
    private static boolean isUnmapped(ServletContext context) {
        return context.getServletRegistrations().values().stream()
                .filter(registration -> PhpServlet.class.getName().equals(registration.getClassName()))
                .allMatch(registration -> registration.getMappings().isEmpty());
    }
}
