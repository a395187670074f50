package org.jettyphp.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A request that we have dispatched back to ourselves, with what is to become of it. */
final class ReturnedRequest {

    private ReturnedRequest() {}

    /** Whether it was one, and is answered. */
    static boolean answered(HttpServletRequest request, HttpServletResponse response, PhpContext context)
            throws IOException, ServletException {
        if (FailedAnswer.isAborted(request)) {
            return true;
        }
        if (FailedAnswer.isPending(request)) {
            FailedAnswer.send(request, response, context.errorPages());
        } else if (SentFile.isPending(request)) {
            SentFile.send(request, response);
        } else if (InterceptedAnswer.isPending(request)) {
            InterceptedAnswer.send(request, response, context.errorPages());
        } else {
            return false;
        }
        return true;
    }
}
