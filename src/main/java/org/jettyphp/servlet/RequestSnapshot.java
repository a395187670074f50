package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jettyphp.cgi.CgiRequest;
import org.jettyphp.cgi.Header;
import org.jettyphp.cgi.TlsSession;
import org.jettyphp.script.ContextPath;
import org.jettyphp.script.Decision;
import org.jspecify.annotations.Nullable;

/** Reads out of the Servlet API what CGI wants to know. */
record RequestSnapshot(Dispatch dispatch, HttpServletRequest request) {

    CgiRequest cgi() {
        Decision.RunScript script = dispatch.script();
        return new CgiRequest(line(),
                new CgiRequest.Script(ContextPath.of(request.getContextPath()).decoded(), script.scriptName(), script.filename(),
                        script.pathInfo(),
                        script.documentRoot()),
                new CgiRequest.Connection(request.getRemoteAddr(), request.getRemotePort(), request.getLocalAddr(), request.getServerName(),
                        request.getServerPort()),
                new CgiRequest.Login(request.getRemoteUser(), request.getAuthType()),
                tls(), new CgiRequest.Body(-1, isErrorPage() ? null : request.getContentType()), headers(), request::getAttribute,
                environment());
    }

    /** A page for an error learns which, as with Apache. */
    private Map<String, String> environment() {
        Map<String, String> environment = RuledAnswer.additions(request).environment();
        if (dispatch.error() == 0) {
            return environment;
        }
        Map<String, String> all = new HashMap<>(environment);
        all.put("REDIRECT_STATUS", Integer.toString(dispatch.error()));
        return all;
    }

    private boolean isErrorPage() {
        return dispatch.type() == DispatcherType.ERROR;
    }

    private CgiRequest.Line line() {
        // An error page is asked for as Apache asks for its ErrorDocument: with GET and without the body of the request that failed.
        String method = isErrorPage() ? "GET" : request.getMethod();
        return new CgiRequest.Line(method, request.getProtocol(), request.getScheme(), dispatch.uri(), dispatch.query());
    }

    private @Nullable TlsSession tls() {
        if (!request.isSecure()) {
            return null;
        }
        Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
        Object keySize = request.getAttribute("jakarta.servlet.request.key_size");
        return new TlsSession(text("jakarta.servlet.request.secure_protocol"), text("jakarta.servlet.request.cipher_suite"),
                keySize instanceof Integer bits ? bits : 0, text("jakarta.servlet.request.ssl_session_id"),
                chain instanceof X509Certificate[] certificates && certificates.length > 0 ? certificates[0] : null);
    }

    private @Nullable String text(String attribute) {
        Object value = request.getAttribute(attribute);
        return value == null ? null : value.toString();
    }

    private List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        boolean one = HalfOverridden.hasHeaderAlone(request);
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements();) {
            String name = names.nextElement();
            if (one && !Objects.equals(request.getHeader(name), first(name))) {
                addOverridden(name, headers);
                continue;
            }
            for (Enumeration<String> values = request.getHeaders(name); values.hasMoreElements();) {
                headers.add(new Header(name, values.nextElement()));
            }
        }
        if (request.getHeader("Host") == null && request.getServerName() != null && request.getProtocol().startsWith("HTTP/2")) {
            headers.add(new Header("Host", authority()));
        }
        return headers;
    }

    private @Nullable String first(String name) {
        Enumeration<String> values = request.getHeaders(name);
        return values.hasMoreElements() ? values.nextElement() : null;
    }

    /** What a filter says of a header in the place of what the client has sent; null: that there is none. */
    private void addOverridden(String name, List<Header> headers) {
        String value = request.getHeader(name);
        if (value != null) {
            headers.add(new Header(name, value));
        }
    }

    /** HTTP/2 has its authority in a pseudo-header, and often no Host. */
    private String authority() {
        boolean usualPort = request.getServerPort() == (request.isSecure() ? 443 : 80);
        return usualPort ? request.getServerName() : request.getServerName() + ":" + request.getServerPort();
    }
}
