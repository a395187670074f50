package org.jettyphp.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * Wrappers of filters and servlets in front of PHP that override one of two methods which say the same, since only that one is called where they
 * come from: {@code getHeader()} without {@code getHeaders()}, {@code getWriter()} without {@code getOutputStream()}. What such a wrapper means
 * is known by the method that it has.
 */
final class HalfOverridden {

    /** Looked up once for each class of wrappers, since a request may come through some. */
    private static final ClassValue<Boolean> HEADER = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> wrapper) {
            return overrides(wrapper, "getHeader", String.class);
        }
    };

    private static final ClassValue<Boolean> HEADERS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> wrapper) {
            return overrides(wrapper, "getHeaders", String.class);
        }
    };

    private HalfOverridden() {}

    /** Whether the outermost wrapper that says anything about headers says it of one value at a time. */
    static boolean hasHeaderAlone(ServletRequest request) {
        for (ServletRequest each = request; each instanceof ServletRequestWrapper wrapper; each = wrapper.getRequest()) {
            boolean headers = HEADERS.get(wrapper.getClass());
            if (headers || HEADER.get(wrapper.getClass())) {
                return !headers;
            }
        }
        return false;
    }

    /** Whether the outermost wrapper that has a writer or a stream of its own has only the writer. */
    static boolean hasWriterAlone(ServletResponse response) {
        for (ServletResponse each = response; each instanceof ServletResponseWrapper wrapper; each = wrapper.getResponse()) {
            boolean stream = overrides(wrapper.getClass(), "getOutputStream");
            if (stream || overrides(wrapper.getClass(), "getWriter")) {
                return !stream;
            }
        }
        return false;
    }

    private static boolean overrides(Class<?> wrapper, String method, Class<?>... parameters) {
        try {
            Class<?> declaring = wrapper.getMethod(method, parameters).getDeclaringClass();
            return declaring != HttpServletRequestWrapper.class && declaring != ServletResponseWrapper.class;
        } catch (NoSuchMethodException notOfHttp) {
            return false;
        }
    }
}
