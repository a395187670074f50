package org.jettyphp.launch;

import jakarta.servlet.ServletException;
import java.io.FileNotFoundException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;

/** Says why the server did not start, and what to change. */
final class StartFailure {

    private StartFailure() {}

    /** The innermost cause: what Jetty wraps around it tells a user nothing. */
    static String explain(Throwable failure, ServerSettings settings) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof ServletException)) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        if (cause instanceof UnresolvedAddressException) {
            return "host=" + settings.host() + " is no name or address that can be resolved; choose another one with --host";
        }
        // In use, privileged, or of another machine: the system's own words tell.
        if (cause instanceof SocketException) {
            return "cannot listen on " + settings.host() + ":" + settings.port() + ": " + message
                    + "; choose another one with --port (0 picks a free one) or --host";
        }
        if (cause instanceof FileNotFoundException) {
            return "accessLog=" + settings.accessLog() + " cannot be written: " + message
                    + "; name another file with --access-log, or - or off";
        }
        return message;
    }
}
