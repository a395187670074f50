package org.jettyphp.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jettyphp.cgi.Header;
import org.jettyphp.cgi.ResponseHead;

/** An answer of PHP in whose place an error page is shown. Of its head only what belongs to the status stays; nginx keeps the first of these alone. */
record InterceptedAnswer(ResponseHead head) {

    /** The request attribute that carries it into the dispatch in which the page is shown. */
    static final String ATTRIBUTE = "org.jettyphp.interceptedAnswer";

    private static final Set<String> OF_THE_STATUS = Set.of("www-authenticate", "retry-after", "allow");

    static boolean isPending(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    static void send(HttpServletRequest request, HttpServletResponse response, ErrorPages pages) throws IOException, ServletException {
        InterceptedAnswer answer = (InterceptedAnswer) request.getAttribute(ATTRIBUTE);
        request.removeAttribute(ATTRIBUTE);
        for (Header header : answer.head().headers()) {
            if (OF_THE_STATUS.contains(header.name().toLowerCase(Locale.ROOT))) {
                response.addHeader(header.name(), header.value());
            }
        }
        if (!pages.show(answer.head().status(), request, response)) {
            response.sendError(answer.head().status());
        }
    }
}
