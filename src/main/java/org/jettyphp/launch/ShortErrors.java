package org.jettyphp.launch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jettyphp.events.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client gets whose request reaches no application: the status alone. Jetty's page repeats the URI, and writes all of it to the log
 * where it does not fit into the page.
 */
final class ShortErrors extends ErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ShortErrors.class);

    private final long maxRequestHead;
    private final LogThrottle largeHeads = new LogThrottle(Duration.ofSeconds(10), System::nanoTime);

    ShortErrors(LimitSettings limits) {
        this.maxRequestHead = limits.maxRequestHead();
    }

    @Override
    protected void generateResponse(Request request, Response response, int code, String message, @Nullable Throwable cause,
            Callback callback) {
        // The parser's own has no reason; what RequestLimits refuses has one, and a line in the log already.
        if (code == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 && cause instanceof HttpException parsers
                && parsers.getReason() == null) {
            sayTooLarge(request);
        }
        String text = code + " " + HttpStatus.getMessage(code) + "\n";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, MimeTypes.Type.TEXT_PLAIN_UTF_8.asString());
        response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
    }

    private void sayTooLarge(Request request) {
        int since = largeHeads.toBeLogged();
        if (since > 0) {
            LOG.info("431: the head of {} larger than the limit, maxRequestHead={}; the last one from {}",
                    since == 1 ? "a request was" : since + " requests were", maxRequestHead, Request.getRemoteAddr(request));
        }
    }
}
