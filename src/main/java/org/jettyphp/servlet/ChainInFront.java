package org.jettyphp.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.lang.StackWalker.Option;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The filters and servlets that a request has come through. The Servlet API says that one of them does not support async, not which; those on
 * the caller's stack are the ones that can be it. Of one that inherits its doFilter() the class above is named.
 */
final class ChainInFront {

    private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    private ChainInFront() {}

    /** Their classes, the outermost first; walks the stack, so not for each request. */
    static List<String> parts() {
        List<String> innermostFirst = STACK.walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                .filter(type -> Filter.class.isAssignableFrom(type) || Servlet.class.isAssignableFrom(type))
                .filter(type -> type != PhpFilter.class && type != PhpServlet.class).map(Class::getName)
                .filter(name -> !name.startsWith("jakarta.")).distinct().collect(Collectors.toList()));
        Collections.reverse(innermostFirst);
        return innermostFirst;
    }
}
