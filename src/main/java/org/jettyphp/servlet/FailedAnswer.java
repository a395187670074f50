package org.jettyphp.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The way back of a failure: an async context knows only a clean end, so a failed answer is dispatched back into our filter or servlet,
 * which is where an error can be sent and an exception thrown.
 */
final class FailedAnswer {

    /** The request attribute that carries the {@link Failure}. */
    static final String ATTRIBUTE = "org.jettyphp.failure";

    /** Set where an answer's head has been handed to the container: an error page can no longer be sent, committed or not. */
    static final String BEGUN = "org.jettyphp.answerBegun";

    /** Set where an answer has been aborted: what else is written would pass for a part of it. */
    private static final String ABORTED = "org.jettyphp.answerAborted";

    private static final String REPORTED = "org.jettyphp.failureReported";

    private FailedAnswer() {}

    static boolean isPending(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    /** Fails on the thread of the container that has the request. */
    static void now(Failure failure, HttpServletRequest request, HttpServletResponse response, ErrorPages pages)
            throws IOException, ServletException {
        request.setAttribute(ATTRIBUTE, failure);
        send(request, response, pages);
    }

    /** Sends an error if nothing has been sent yet; else throws, whereupon the container closes the connection without a proper end. */
    static void send(HttpServletRequest request, HttpServletResponse response, ErrorPages pages) throws IOException, ServletException {
        Failure failure = (Failure) request.getAttribute(ATTRIBUTE);
        request.removeAttribute(ATTRIBUTE);
        boolean inErrorPage = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) != null || request.getAttribute(REPORTED) != null;
        if (response.isCommitted() || request.getAttribute(BEGUN) != null) {
            throw abort(failure, request);
        }
        if (ErrorPages.shownFor(request) != null || inErrorPage) {
            plain(shown(failure, request), response);
            return;
        }
        request.setAttribute(REPORTED, failure.status());
        failure.announce(response);
        if (!pages.show(failure.status(), request, response)) {
            response.sendError(failure.status());
        }
    }

    /** Where nothing has been sent, and nobody is there to make a page. */
    static void withoutPage(Failure failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        failure.announce(response);
        plain(shown(failure, request), response);
    }

    /** Its status, or that of the error for which a page is being made. */
    private static int shown(Failure failure, HttpServletRequest request) {
        Integer shown = ErrorPages.shownFor(request);
        return shown != null ? shown : failure.status();
    }

    /** What to throw where a part of the answer has been sent. */
    static AbortedAnswerException abort(Failure failure, HttpServletRequest request) {
        request.setAttribute(ABORTED, true);
        return new AbortedAnswerException(failure.cause());
    }

    /**
     * Whether the answer has been aborted. Tomcat appends the application's error page for the exception to what has been sent already, and
     * so may fill up a Content-Length that PHP has not kept.
     */
    static boolean isAborted(HttpServletRequest request) {
        return request.getAttribute(ABORTED) != null;
    }

    /** Whether PHP could not be had for this request: then it cannot make the error page either, and must not be asked to. */
    static boolean isOverload(HttpServletRequest request) {
        return Integer.valueOf(HttpServletResponse.SC_SERVICE_UNAVAILABLE).equals(request.getAttribute(REPORTED));
    }

    /** Without the application's error page, because that is what failed. */
    static void plain(int status, HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        byte[] text = ("Error " + status + "\n").getBytes(StandardCharsets.US_ASCII);
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }

    /** Makes the container abort the message; its cause has been logged. */
    static final class AbortedAnswerException extends ServletException {
        private static final long serialVersionUID = 1;

        AbortedAnswerException(String cause) {
            super("the answer was aborted: " + cause);
        }

        /** Where it was thrown says nothing. */
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
