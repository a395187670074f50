package org.jettyphp.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jettyphp.cgi.CgiRequest;
import org.jettyphp.script.Decision;
import org.jspecify.annotations.Nullable;

/** Reads out of the Servlet API what CGI wants to know. */
record RequestSnapshot(Dispatch dispatch, HttpServletRequest request) {

    CgiRequest cgi() {
        Decision.RunScript script = dispatch.script();
        return new CgiRequest(line(),
                new CgiRequest.ScriptPath(request.getContextPath(), script.scriptName(), script.filename(), script.pathInfo(), script.documentRoot()),
                new CgiRequest.Ends(request.getRemoteAddr(), request.getRemotePort(), request.getLocalAddr(), request.getServerName(),
                        request.getServerPort()),
                new CgiRequest.Login(request.getRemoteUser(), request.getAuthType()),
                new TlsVariables(request).all(), headers(), new CgiRequest.Body(-1, isErrorPage() ? null : request.getContentType()),
                request::getAttribute);
    }

    private boolean isErrorPage() {
        return dispatch.type() == DispatcherType.ERROR;
    }

    private CgiRequest.Line line() {
        String query = dispatch.script().query() != null ? dispatch.script().query() : query();
        // An error page is asked for as Apache asks for its ErrorDocument: with GET and without the body of the request that failed.
        String method = isErrorPage() ? "GET" : request.getMethod();
        return new CgiRequest.Line(method, request.getProtocol(), request.getScheme(), originalUri(), query == null ? "" : query);
    }

    private @Nullable String query() {
        Object included = dispatch.type() == DispatcherType.INCLUDE ? request.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING) : null;
        return included != null ? included.toString() : request.getQueryString();
    }

    /** What the client asked for, also where Java has forwarded it or an error has led it elsewhere. */
    private String originalUri() {
        return switch (dispatch.type()) {
            case FORWARD -> uri(RequestDispatcher.FORWARD_REQUEST_URI, RequestDispatcher.FORWARD_QUERY_STRING);
            case ERROR -> uri(RequestDispatcher.ERROR_REQUEST_URI, RequestDispatcher.ERROR_QUERY_STRING);
            case ASYNC -> uri(AsyncContext.ASYNC_REQUEST_URI, AsyncContext.ASYNC_QUERY_STRING);
            case REQUEST, INCLUDE -> joined(request.getRequestURI(), request.getQueryString());
        };
    }

    private String uri(String pathAttribute, String queryAttribute) {
        Object path = request.getAttribute(pathAttribute);
        Object query = request.getAttribute(queryAttribute);
        return path == null ? joined(request.getRequestURI(), request.getQueryString()) : joined(path.toString(), query == null ? null : query.toString());
    }

    private static String joined(String path, @Nullable String query) {
        return query == null ? path : path + "?" + query;
    }

    private List<CgiRequest.Header> headers() {
        List<CgiRequest.Header> headers = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                headers.add(new CgiRequest.Header(name, value));
            }
        }
        if (request.getHeader("Host") == null && request.getServerName() != null && request.getProtocol().startsWith("HTTP/2")) {
            headers.add(new CgiRequest.Header("Host", authority()));
        }
        return headers;
    }

    /** HTTP/2 has its authority in a pseudo-header, and often no Host. */
    private String authority() {
        boolean usualPort = request.getServerPort() == (request.isSecure() ? 443 : 80);
        return usualPort ? request.getServerName() : request.getServerName() + ":" + request.getServerPort();
    }
}
