package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.net.MalformedURLException;
import java.net.URL;
import org.jettyphp.script.ContextPath;
import org.jettyphp.script.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What a request, forward, include, error or async dispatch is aimed at.
 *
 * @param rawPath the path below the context as it was sent, still encoded, at least "/"
 * @param mapping what the container would serve it with; null if it does not say
 */
record Target(String rawPath, @Nullable HttpServletMapping mapping) {

    static Target of(HttpServletRequest request) {
        boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
        Object includedUri = included ? request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI) : null;
        String uri = includedUri != null ? includedUri.toString() : request.getRequestURI();
        Object includedMapping = included ? request.getAttribute(RequestDispatcher.INCLUDE_MAPPING) : null;
        HttpServletMapping mapping = includedMapping instanceof HttpServletMapping of ? of : request.getHttpServletMapping();
        return new Target(ContextPath.of(request.getContextPath()).below(uri), mapping);
    }

    /** Whether a servlet of the application, other than the default one and ours, is mapped to it. */
    boolean belongsToJava(ServletContext context, String phpServlet) {
        MappingMatch match = mapping == null ? null : mapping.getMappingMatch();
        return match != null && match != MappingMatch.DEFAULT && mapping != null && !mapping.getServletName().equals(phpServlet);
    }

    /** Whether there is no file, but a servlet mapped to "/" that is not the container's default one, or a resource inside a library. */
    boolean isServedByJava(Decision decision, ServletContext context, RootPlace place) {
        if (!(decision instanceof Decision.NotFound missing) || missing.forEveryone()) {
            return false;
        }
        return hasOwnDefaultServlet(context) || isResource(context, place);
    }

    private boolean hasOwnDefaultServlet(ServletContext context) {
        ServletRegistration registration = mapping == null ? null : context.getServletRegistration(mapping.getServletName());
        String type = registration == null || isOurs(registration, context) ? null : registration.getClassName();
        return type != null && !type.endsWith("DefaultServlet");
    }

    /** The one that sends what was decided. Asked for anything else it would look for the name itself, and knows no policy. */
    private static boolean isOurs(ServletRegistration registration, ServletContext context) {
        return registration.getName().equals(SentFile.DEFAULT_SERVLET) && PhpApplication.sendsDecidedFiles(context);
    }

    /** A directory is none: a container's default servlet may list what is in it, and Jetty's does. */
    private boolean isResource(ServletContext context, RootPlace place) {
        try {
            URL resource = context.getResource(rawPath);
            return resource != null && !rawPath.endsWith("/") && !resource.getPath().endsWith("/") && place.isForClients(resource, context);
        } catch (MalformedURLException noPath) {
            return false;
        }
    }
}
