package org.jettyphp.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jettyphp.cgi.Header;
import org.jettyphp.cgi.ResponseHead;

/** A file that goes out in the place of PHP's body. What PHP has said in its head stays, except about the body. */
record SentFile(ResponseHead head, Path file) {

    /** The request attribute that carries it into the dispatch in which it is sent. */
    static final String ATTRIBUTE = "org.jettyphp.sentFile";

    private static final String CONTENT_TYPE = "Content-Type";
    /** The name that containers give theirs. */
    static final String DEFAULT_SERVLET = "default";

    private static final Set<String> ABOUT_THE_BODY =
            Set.of("content-length", "content-encoding", "content-range", "accept-ranges", "etag", "last-modified");

    static boolean isPending(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    static void send(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        SentFile sent = (SentFile) request.getAttribute(ATTRIBUTE);
        request.removeAttribute(ATTRIBUTE);
        if (PhpApplication.sendsDecidedFiles(request.getServletContext())) {
            sent.forward(request, response);
        } else {
            sent.sendHere(request, response);
        }
    }

    private void forward(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        String type = head.first(CONTENT_TYPE);
        applyHead(response, false);
        request.setAttribute(PhpApplication.FILE_ATTRIBUTE, file);
        request.setAttribute(PhpApplication.TYPE_ATTRIBUTE, type == null ? "" : type);
        request.setAttribute(PhpApplication.NAMED_ATTRIBUTE, true);
        try {
            request.getServletContext().getNamedDispatcher(DEFAULT_SERVLET).forward(asked(request), response);
        } finally {
            // An error page may follow.
            request.removeAttribute(PhpApplication.FILE_ATTRIBUTE);
            request.removeAttribute(PhpApplication.TYPE_ATTRIBUTE);
            request.removeAttribute(PhpApplication.NAMED_ATTRIBUTE);
        }
    }

    /** Without the container's default servlet. */
    void sendHere(HttpServletRequest request, HttpServletResponse response) throws IOException {
        applyHead(response, true);
        new LinkedFile(file, asked(request), response).send();
    }

    /** Jetty's default servlet sets the type anew, and would put the charset of the one that is there behind it. */
    private void applyHead(HttpServletResponse response, boolean withType) {
        response.setStatus(HttpServletResponse.SC_OK);
        for (Header header : head.headers()) {
            boolean counts = withType || !header.name().equalsIgnoreCase(CONTENT_TYPE);
            if (counts && !AnswerHead.isForUs(header.name()) && !ABOUT_THE_BODY.contains(header.name().toLowerCase(Locale.ROOT))) {
                AnswerHead.add(header, response);
            }
        }
    }

    /** What PHP was asked with POST is a file that is fetched now. */
    private static HttpServletRequest asked(HttpServletRequest request) {
        return request.getMethod().equals("HEAD") || request.getMethod().equals("GET") ? request : new HttpServletRequestWrapper(request) {
            @Override
            public String getMethod() {
                return "GET";
            }
        };
    }
}
