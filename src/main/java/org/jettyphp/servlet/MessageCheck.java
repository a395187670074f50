package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what is no message of HTTP and what Jetty 12.1.10 lets through all the same: behind or in front of another server, a request could
 * hide in it (request smuggling), and PHP would get a body that nobody has decoded.
 */
final class MessageCheck {

    /** RFC 9113, section 8.2.2; Jetty refuses Connection and TE itself. */
    private static final List<String> NOT_IN_HTTP2 = List.of("Transfer-Encoding", "Keep-Alive", "Proxy-Connection", "Upgrade");

    private static final int FINE = 0;

    private MessageCheck() {}

    /** Whether it has been refused, and answered. */
    static boolean refuses(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getDispatcherType() == DispatcherType.REQUEST ? status(request) : FINE;
        if (status == FINE) {
            return false;
        }
        if (request.getProtocol().startsWith("HTTP/1")) {
            // Nobody knows where the next request would begin.
            response.setHeader("Connection", "close");
        }
        response.sendError(status);
        return true;
    }

    private static int status(HttpServletRequest request) {
        if (!isToken(request.getMethod()) || !isLength(request.getHeader("Content-Length"))) {
            return HttpServletResponse.SC_BAD_REQUEST;
        }
        if (request.getProtocol().startsWith("HTTP/1")) {
            return request.getHeader("Transfer-Encoding") == null ? FINE : codings(request);
        }
        boolean misplaced = NOT_IN_HTTP2.stream().anyMatch(name -> request.getHeader(name) != null);
        return misplaced ? HttpServletResponse.SC_BAD_REQUEST : FINE;
    }

    /** Jetty reads any list that ends in {@code chunked} as that alone, also in HTTP/1.0, where such framing is faulty (RFC 9112, section 6.1). */
    private static int codings(HttpServletRequest request) {
        if (request.getProtocol().equals("HTTP/1.0")) {
            return HttpServletResponse.SC_BAD_REQUEST;
        }
        String codings = String.join(",", Collections.list(request.getHeaders("Transfer-Encoding")));
        return codings.strip().equalsIgnoreCase("chunked") ? FINE : HttpServletResponse.SC_NOT_IMPLEMENTED;
    }

    /** Over HTTP/2 a sign passes. */
    private static boolean isLength(@Nullable String length) {
        if (length == null) {
            return true;
        }
        for (int i = 0; i < length.length(); i++) {
            if (length.charAt(i) < '0' || length.charAt(i) > '9') {
                return false;
            }
        }
        return !length.isEmpty();
    }

    /** RFC 9110, section 5.6.2. Over HTTP/2 anything passes, {@code GET /other} too. */
    private static boolean isToken(String method) {
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            if (c <= ' ' || c >= 0x7F || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
                return false;
            }
        }
        return !method.isEmpty();
    }
}
