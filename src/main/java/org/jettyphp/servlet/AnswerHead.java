package org.jettyphp.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jettyphp.cgi.Header;
import org.jettyphp.cgi.ResponseHead;

/** Puts PHP's response head on the servlet's response, unchanged and in order. */
final class AnswerHead {

    private AnswerHead() {}

    /** Whether a header is for us and goes no further. */
    static boolean isForUs(String name) {
        return name.equalsIgnoreCase(FlushRule.HEADER) || Sendfile.isHeader(name);
    }

    /** There is one Date (RFC 9110, section 6.6.1): PHP's, as with nginx and Apache, and not the container's beside it. */
    static void add(Header header, HttpServletResponse response) {
        if (header.name().equalsIgnoreCase("Date")) {
            response.setHeader(header.name(), header.value());
        } else {
            response.addHeader(header.name(), header.value());
        }
    }

    /** Without its length when the container, which has the whole body, sets it itself. */
    static void apply(ResponseHead head, HttpServletRequest request, HttpServletResponse response, boolean withLength) {
        if (head.status() != HttpServletResponse.SC_OK && ErrorPages.shownFor(request) == null) {
            // PHP-FPM says nothing where it means 200; a container's error page must keep the status of the error, and one of ours whatever it says.
            response.setStatus(head.status());
        }
        for (Header header : head.headers()) {
            if (isForUs(header.name())) {
                continue;
            }
            if (header.name().equalsIgnoreCase("Content-Length")) {
                // RFC 9110, section 8.6: none with 204; Jetty would wait for that many bytes and answer 500.
                if (withLength && head.status() != HttpServletResponse.SC_NO_CONTENT) {
                    response.setContentLengthLong(head.contentLength());
                }
            } else {
                add(header, response);
            }
        }
        RuledAnswer.ofPhp(request, response);
    }

    /**
     * The same for a body of which PHP has not told the length. For a client that wants the connection closed Jetty would let its end be the
     * body's, and a broken answer look whole; in chunks the last one is missing. Other containers use chunks without being told, and would
     * say so twice.
     */
    static void applyUnbounded(ResponseHead head, HttpServletRequest request, HttpServletResponse response) {
        apply(head, request, response, true);
        boolean body = !Answer.isLengthOpen(head, request.getMethod().equals("HEAD")) && head.status() != HttpServletResponse.SC_NO_CONTENT;
        boolean jetty = request.getServletContext().getServerInfo().startsWith("jetty/");
        if (jetty && body && head.contentLength() < 0 && request.getProtocol().equals("HTTP/1.1")) {
            response.setHeader("Transfer-Encoding", "chunked");
        }
    }
}
