package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.jettyphp.htaccess.Additions;
import org.jettyphp.script.ContextPath;
import org.jettyphp.script.Decision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a URL that runs no script and is no file to be served. */
record Refusal(Decision decision, Target target, Additions additions) {

    private static final Logger LOG = LoggerFactory.getLogger("org.jettyphp.request");

    /** The status of what is no redirect. */
    static int status(Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            return refused.status();
        }
        return decision instanceof Decision.Forbidden
                ? HttpServletResponse.SC_FORBIDDEN
                : decision instanceof Decision.BadRequest ? HttpServletResponse.SC_BAD_REQUEST : HttpServletResponse.SC_NOT_FOUND;
    }

    /** Why, for the log: a sentence, whatever has been decided. */
    static String reason(Decision decision) {
        return decision instanceof Decision.NotFound none ? none.reason()
                : decision instanceof Decision.Forbidden forbidden ? forbidden.reason()
                : decision instanceof Decision.Refused refused ? refused.reason()
                : decision instanceof Decision.BadRequest bad ? bad.reason()
                : "it is neither a script nor a file";
    }

    void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isRedirect()) {
            log(request);
        }
        answer(request, response);
    }

    /** The same where it has been logged. */
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RuledAnswer.ofRefusal(additions, isRedirect(), response);
        if (decision instanceof Decision.Redirect redirect) {
            redirect(redirect.location(), request, response);
        } else if (decision instanceof Decision.Elsewhere elsewhere) {
            moved(elsewhere.status(), elsewhere.location(), response);
        } else if (status(decision) < HttpServletResponse.SC_BAD_REQUEST) {
            response.setStatus(status(decision));
        } else {
            error(status(decision), request, response);
        }
    }

    boolean isRedirect() {
        return decision instanceof Decision.Redirect || decision instanceof Decision.Elsewhere;
    }

    void log(HttpServletRequest request) {
        String site = PhpApplication.inLine(request.getServletContext());
        if (decision instanceof Decision.Forbidden forbidden) {
            LOG.warn("403 {} {}{}: {}", request.getMethod(), target.rawPath(), site, forbidden.reason());
        } else if (decision instanceof Decision.BadRequest bad) {
            LOG.info("400 {} {}{}: {}", request.getMethod(), target.rawPath(), site, bad.reason());
        } else if (decision instanceof Decision.Refused refused && refused.status() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
            LOG.warn("{} {} {}{}: {}", refused.status(), request.getMethod(), target.rawPath(), site, refused.reason());
        } else {
            LOG.debug("{} {} {}{}: {}", status(decision), request.getMethod(), target.rawPath(), site, decision);
        }
    }

    private static void redirect(String path, HttpServletRequest request, HttpServletResponse response) {
        String query = request.getQueryString();
        moved(HttpServletResponse.SC_MOVED_PERMANENTLY,
                ContextPath.of(request.getContextPath()).encoded() + path + (query == null ? "" : "?" + query), response);
    }

    static void moved(int status, String location, HttpServletResponse response) {
        response.setStatus(status);
        response.setHeader("Location", location);
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
