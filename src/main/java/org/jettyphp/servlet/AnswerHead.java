package org.jettyphp.servlet;

import jakarta.servlet.http.HttpServletResponse;
import org.jettyphp.cgi.Header;
import org.jettyphp.cgi.ResponseHead;

/** Puts PHP's response head on the servlet's response, unchanged and in order. */
final class AnswerHead {

    private AnswerHead() {}

    /** Without its length when the container, which has the whole body, sets it itself. */
    static void apply(ResponseHead head, HttpServletResponse response, boolean withLength) {
        if (head.status() != HttpServletResponse.SC_OK) {
            // PHP-FPM says nothing where it means 200; an error page must keep the status of the error.
            response.setStatus(head.status());
        }
        for (Header header : head.headers()) {
            if (header.name().equalsIgnoreCase("Content-Length")) {
                // RFC 9110, section 8.6: none with 204; Jetty would wait for that many bytes and answer 500.
                if (withLength && head.status() != HttpServletResponse.SC_NO_CONTENT) {
                    response.setContentLengthLong(head.contentLength());
                }
            } else {
                response.addHeader(header.name(), header.value());
            }
        }
    }
}
