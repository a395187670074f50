package org.jettyphp.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import org.jettyphp.htaccess.RequestFacts;
import org.jettyphp.script.ContextPath;
import org.jettyphp.setting.IpText;
import org.jspecify.annotations.Nullable;

/** What the application's own rules may ask about a request, out of the Servlet API. Belongs to one thread. */
final class ServletFacts implements RequestFacts {

    private final HttpServletRequest request;
    private boolean asked;

    ServletFacts(HttpServletRequest request) {
        this.request = request;
    }

    /** Whether anything was asked but what the URL says, with its host. */
    boolean wasAskedBeyondUrl() {
        return asked;
    }

    @Override
    public String method() {
        asked = true;
        return request.getMethod();
    }

    @Override
    public String protocol() {
        asked = true;
        return request.getProtocol();
    }

    @Override
    public String scheme() {
        return request.getScheme();
    }

    @Override
    public String serverName() {
        return request.getServerName();
    }

    @Override
    public int serverPort() {
        return request.getServerPort();
    }

    @Override
    public String serverAddr() {
        asked = true;
        return IpText.canonical(request.getLocalAddr());
    }

    @Override
    public String remoteAddr() {
        asked = true;
        return IpText.canonical(request.getRemoteAddr());
    }

    @Override
    public String remoteUser() {
        asked = true;
        String user = request.getRemoteUser();
        return user == null ? "" : user;
    }

    @Override
    public String contextPath() {
        return ContextPath.of(request.getContextPath()).decoded();
    }

    @Override
    public String rawUri() {
        return Dispatch.originalUri(request);
    }

    @Override
    public @Nullable String header(String name) {
        asked |= !name.equalsIgnoreCase("Host");
        Enumeration<String> values = request.getHeaders(name);
        if (values != null && values.hasMoreElements()) {
            String first = values.nextElement();
            return values.hasMoreElements() ? first + ", " + String.join(", ", Collections.list(values)) : first;
        }
        // HTTP/2 has its authority in a pseudo-header, and often no Host.
        return name.equalsIgnoreCase("Host") && request.getProtocol().startsWith("HTTP/2") ? request.getServerName() : null;
    }
}
