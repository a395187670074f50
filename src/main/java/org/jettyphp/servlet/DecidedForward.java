package org.jettyphp.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jettyphp.htaccess.Additions;
import org.jettyphp.script.Decision;
import org.jettyphp.script.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * An index, a rewritten path or a static fallback: the container's default servlet must be asked for that file, not for the URL that led to it.
 * What was decided goes along, so that no rule is applied once more on the way.
 */
final class DecidedForward {

    private static final String ATTRIBUTE = "org.jettyphp.decidedForward";

    private DecidedForward() {}

    static void to(Decision.ServeFile file, Additions additions, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Decision.ServeFile direct =
                new Decision.ServeFile(file.file(), file.named(), file.path(), true, file.linked(), file.cacheControl());
        request.setAttribute(ATTRIBUTE, new Resolution(direct, additions));
        request.getRequestDispatcher(file.path()).forward(request, response);
    }

    /** What was decided; null if nothing was. */
    static @Nullable Resolution take(HttpServletRequest request) {
        if (request.getDispatcherType() != DispatcherType.FORWARD || !(request.getAttribute(ATTRIBUTE) instanceof Resolution decided)) {
            return null;
        }
        request.removeAttribute(ATTRIBUTE);
        return decided;
    }
}
