package org.jettyphp.launch;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it went out.
 *
 * @param at {@code nanoTime} of when it was asked for
 * @param body never moved: each answer has a view of its own
 * @param site which site's it was, for the access log; null: there are no sites
 */
record RememberedAnswer(RememberedFiles.Source source, long at, int status, List<HttpField> fields, ByteBuffer body,
        @Nullable Object site) {

    int size() {
        return body.remaining();
    }

    void send(Request request, Response response, Callback callback) {
        if (site != null) {
            request.setAttribute(Sites.ATTRIBUTE, site);
        }
        response.setStatus(status);
        fields.forEach(response.getHeaders()::add);
        response.write(true, body.slice(), callback);
    }
}
