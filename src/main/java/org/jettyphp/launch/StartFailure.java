package org.jettyphp.launch;

import jakarta.servlet.ServletException;
import java.io.FileNotFoundException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.logging.JettyLevel;
import org.eclipse.jetty.logging.JettyLogger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says why the server did not start, and what to change. */
final class StartFailure {

    private static final Logger LOG = LoggerFactory.getLogger(StartFailure.class);

    private StartFailure() {}

    /**
     * Starts. Jetty logs the failure of a web application with a stack trace, which would bury what {@link #explain} says of it; who debugs
     * gets it all the same ({@code -Dorg.jettyphp.LEVEL=DEBUG}).
     */
    static void startQuietly(PhpServer server) throws Exception {
        JettyLevel usual = levelOfWebApplications(JettyLevel.OFF);
        try {
            server.start();
        } catch (Exception failed) {
            LOG.debug("The server did not start", failed);
            throw failed;
        } finally {
            levelOfWebApplications(usual);
        }
    }

    /** Sets it, if the logger is Jetty's own, as in our jar, and says what it was. */
    private static JettyLevel levelOfWebApplications(JettyLevel level) {
        if (!(LoggerFactory.getLogger(WebAppContext.class) instanceof JettyLogger logger)) {
            return level;
        }
        JettyLevel before = logger.getLevel();
        logger.setLevel(level);
        return before;
    }

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
