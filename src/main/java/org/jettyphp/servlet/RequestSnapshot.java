package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jettyphp.cgi.CgiRequest;
import org.jettyphp.script.Decision;

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
        // An error page is asked for as Apache asks for its ErrorDocument: with GET and without the body of the request that failed.
        String method = isErrorPage() ? "GET" : request.getMethod();
        return new CgiRequest.Line(method, request.getProtocol(), request.getScheme(), dispatch.uri(), dispatch.query());
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
