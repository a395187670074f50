package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses a request for a name that is not the application's: applications build links, also in mails, from the Host they are told. */
final class HostCheck {

    private static final Logger LOG = LoggerFactory.getLogger("org.jettyphp.request");

    /** RFC 9110, section 15.5.20. */
    private static final int MISDIRECTED = 421;

    private HostCheck() {}

    /** Whether it has been refused, and answered. */
    static boolean refuses(HttpServletRequest request, HttpServletResponse response, ClientSettings settings) throws IOException {
        if (settings.hosts().isEmpty() || request.getDispatcherType() != DispatcherType.REQUEST) {
            return false;
        }
        // Over HTTP/2 the authority stands for it.
        boolean named = request.getHeader("Host") != null || request.getProtocol().startsWith("HTTP/2");
        if (named && settings.knows(request.getServerName())) {
            return false;
        }
        LOG.info("{} {} {}{}: its host is none of hosts {}", named ? MISDIRECTED : HttpServletResponse.SC_BAD_REQUEST, request.getMethod(),
                request.getRequestURI(), PhpApplication.inLine(request.getServletContext()), settings.hosts());
        response.sendError(named ? MISDIRECTED : HttpServletResponse.SC_BAD_REQUEST);
        return true;
    }
}
