package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.jettyphp.script.ContextPath;
import org.jettyphp.script.Decision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a URL that runs no script and is no file to be served. */
record Refusal(Decision decision, Target target) {

    private static final Logger LOG = LoggerFactory.getLogger("org.jettyphp.request");

    void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (decision instanceof Decision.Redirect redirect) {
            redirect(redirect.location(), request, response);
        } else if (decision instanceof Decision.Forbidden forbidden) {
            LOG.warn("403 {} {}: {}", request.getMethod(), target.rawPath(), forbidden.reason());
            error(HttpServletResponse.SC_FORBIDDEN, request, response);
        } else if (decision instanceof Decision.BadRequest bad) {
            LOG.info("400 {} {}: {}", request.getMethod(), target.rawPath(), bad.reason());
            error(HttpServletResponse.SC_BAD_REQUEST, request, response);
        } else {
            LOG.debug("404 {} {}: {}", request.getMethod(), target.rawPath(), decision);
            error(HttpServletResponse.SC_NOT_FOUND, request, response);
        }
    }

    private static void redirect(String path, HttpServletRequest request, HttpServletResponse response) {
        String query = request.getQueryString();
        response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
        response.setHeader("Location", ContextPath.of(request.getContextPath()).encoded() + path + (query == null ? "" : "?" + query));
        response.setContentLength(0);
    }

    /** An included file that is missing is the including servlet's affair; an error page that is missing must not cause another one. */
    private static void error(int status, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.INCLUDE) {
            throw new FileNotFoundException(String.valueOf(request.getAttribute(RequestDispatcher.INCLUDE_REQUEST_URI)));
        }
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            FailedAnswer.plain(status, response);
        } else {
            response.sendError(status);
        }
    }
}
