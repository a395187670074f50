package org.jettyphp.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jettyphp.script.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What the filter tells the servlet. The named dispatch between them hides how the request came, so everything that depends on it is read
 * before.
 *
 * @param type how the request came to the filter
 * @param uri what the client asked for, with its query, also where Java has forwarded it or an error has led it elsewhere
 * @param query the query PHP sees; empty if there is none
 * @param error the status of what failed, if this shows an error; else 0
 */
record Dispatch(Decision.RunScript script, DispatcherType type, String uri, String query, int error) {

    /** The request attribute that carries it. */
    static final String ATTRIBUTE = "org.jettyphp.dispatch";

    static Dispatch of(Decision.RunScript script, HttpServletRequest request) {
        String query = script.query() != null ? script.query().text() : query(request);
        return new Dispatch(script, request.getDispatcherType(), originalUri(request), query == null ? "" : query, error(request));
    }

    /** Whether the filter has decided and the servlet has not begun. */
    static boolean isUnderWay(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    /** For the servlet: what was decided; null if nobody has. */
    static @Nullable Dispatch take(HttpServletRequest request) {
        Object decided = request.getAttribute(ATTRIBUTE);
        request.removeAttribute(ATTRIBUTE);
        return (Dispatch) decided;
    }

    /** The query of what is dispatched to: an included page has its own. */
    static @Nullable String query(HttpServletRequest request) {
        boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
        Object query = included ? request.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING) : null;
        return query != null ? query.toString() : request.getQueryString();
    }

    /** Of an answer to an error, as Apache's ErrorDocument: asked for with GET and a query of its own, and the URI stays that of what failed. */
    static Dispatch ofErrorDocument(Decision.RunScript script, ErrorDocument document, HttpServletRequest request) {
        return new Dispatch(script, DispatcherType.ERROR, originalUri(request),
                script.query() != null ? script.query().text() : document.query(), document.status());
    }

    private static int error(HttpServletRequest request) {
        Object status =
                request.getDispatcherType() == DispatcherType.ERROR ? request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : null;
        return status instanceof Integer code ? code : 0;
    }

    /** Goes to our servlet. */
    void forward(HttpServletRequest request, HttpServletResponse response, String servletName) throws IOException, ServletException {
        request.setAttribute(ATTRIBUTE, this);
        PhpServlet direct = endsWithForward(request, response) ? servlet(request) : null;
        RequestDispatcher servlet = request.getServletContext().getNamedDispatcher(servletName);
        if (type == DispatcherType.INCLUDE) {
            servlet.include(request, response);
        } else if (direct != null) {
            direct.service(request, response);
        } else {
            servlet.forward(request, response);
        }
    }

    private static @Nullable PhpServlet servlet(HttpServletRequest request) {
        PhpContext context = PhpContext.of(request.getServletContext());
        return context == null ? null : context.servlet();
    }

    /**
     * Whether a forward would take the answer away from a filter that writes when {@code doFilter} returns: a collected page, the end of a
     * compressed one. Tomcat 11 takes nothing more for a wrapped response then (suspendWrappedResponseAfterForward); Jetty does.
     */
    static boolean endsWithForward(HttpServletRequest request, HttpServletResponse response) {
        ServletResponse at = response;
        while (at instanceof ServletResponseWrapper wrapper && ReplacedStreams.isOfContainer(wrapper, request)) {
            at = wrapper.getResponse();
        }
        return at instanceof ServletResponseWrapper && !request.getServletContext().getServerInfo().startsWith("jetty/");
    }

    /** What the client asked for, with its query, also where Java has forwarded it or an error has led it elsewhere. */
    static String originalUri(HttpServletRequest request) {
        return switch (request.getDispatcherType()) {
            case FORWARD -> uri(request, RequestDispatcher.FORWARD_REQUEST_URI, RequestDispatcher.FORWARD_QUERY_STRING);
            case ERROR -> uri(request, RequestDispatcher.ERROR_REQUEST_URI, RequestDispatcher.ERROR_QUERY_STRING);
            case ASYNC -> uri(request, AsyncContext.ASYNC_REQUEST_URI, AsyncContext.ASYNC_QUERY_STRING);
            case REQUEST, INCLUDE -> joined(request.getRequestURI(), request.getQueryString());
        };
    }

    private static String uri(HttpServletRequest request, String pathAttribute, String queryAttribute) {
        Object path = request.getAttribute(pathAttribute);
        Object query = request.getAttribute(queryAttribute);
        return path == null
                ? joined(request.getRequestURI(), request.getQueryString())
                : joined(path.toString(), query == null ? null : query.toString());
    }

    private static String joined(String path, @Nullable String query) {
        return query == null ? path : path + "?" + query;
    }
}
