package org.jettyphp.attacks;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.jetty.ee11.servlet.Dispatcher;

/** A servlet of Java's that takes paths from clients, as it should not, and dispatches to them. */
final class DispatchingServlet extends HttpServlet {

    static final String PATH = "/dispatch";
    static final String TYPE_FIELD = "X-Type";
    static final String PATH_FIELD = "X-Path";
    private static final long serialVersionUID = 1;

    /** The value of {@link #PATH_FIELD} for a path whose characters are those of ISO-8859-1. */
    static String hex(String path) {
        return HexFormat.of().formatHex(path.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        String path = new String(HexFormat.of().parseHex(request.getHeader(PATH_FIELD)), StandardCharsets.ISO_8859_1);
        DispatcherType type = DispatcherType.valueOf(request.getHeader(TYPE_FIELD));
        try {
            RequestDispatcher dispatcher = request.getRequestDispatcher(path);
            if (dispatcher == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            switch (type) {
                case FORWARD -> dispatcher.forward(request, response);
                case INCLUDE -> dispatcher.include(request, response);
                // What Jetty does with the path of an error page.
                case ERROR -> ((Dispatcher) dispatcher).error(request, response);
                case ASYNC -> request.startAsync().dispatch(path);
                case REQUEST -> throw new IllegalArgumentException();
            }
        } catch (RuntimeException refused) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }
}
