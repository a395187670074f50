package org.jettyphp.launch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets whose request reaches no application: the status alone. Jetty's page repeats the URI, and writes all of it to the log
 * where it does not fit into the page.
 */
final class ShortErrors extends ErrorHandler {

    @Override
    protected void generateResponse(Request request, Response response, int code, String message, @Nullable Throwable cause,
            Callback callback) {
        String text = code + " " + HttpStatus.getMessage(code) + "\n";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, MimeTypes.Type.TEXT_PLAIN_UTF_8.asString());
        response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
    }
}
