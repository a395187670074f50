package org.jettyphp.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.lang.StackWalker.Option;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
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
        return parts(type -> !isOurs(type));
    }

    /** Our own filter and servlet, as far as they are among them: a {@code web.xml} may declare those without async support too. */
    static List<String> ours() {
        return parts(ChainInFront::isOurs);
    }

    private static boolean isOurs(Class<?> type) {
        return type == PhpFilter.class || type == PhpServlet.class;
    }

    private static List<String> parts(Predicate<Class<?>> wanted) {
        List<String> innermostFirst = STACK.walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                .filter(type -> Filter.class.isAssignableFrom(type) || Servlet.class.isAssignableFrom(type))
                .filter(wanted).map(Class::getName)
                .filter(name -> !name.startsWith("jakarta.")).distinct().collect(Collectors.toList()));
        Collections.reverse(innermostFirst);
        return innermostFirst;
    }
}
