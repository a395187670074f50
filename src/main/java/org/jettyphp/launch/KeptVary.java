package org.jettyphp.launch;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What a plain file varies by besides its coding, as rules or a filter of Java's have said: Jetty's resource service puts {@code
 * Accept-Encoding} in its place, and a shared cache would give one client's answer to all. It is added when the head leaves; a response
 * that is wrapped for it would be written by blocking a thread.
 */
final class KeptVary extends HttpStream.Wrapper {

    private final String vary;

    private KeptVary(HttpStream stream, String vary) {
        super(stream);
        this.vary = vary;
    }

    static void keep(String vary, HttpServletRequest request) {
        ServletContextRequest.getServletContextRequest(request).addHttpStreamWrapper(stream -> new KeptVary(stream, vary));
    }

    @Override
    public void send(MetaData.Request request, MetaData.@Nullable Response response, boolean last, ByteBuffer content, Callback callback) {
        super.send(request, response == null || HttpStatus.isInformational(response.getStatus()) ? response : varying(response), last,
                content, callback);
    }

    private MetaData.Response varying(MetaData.Response response) {
        HttpFields.Mutable fields = HttpFields.build(response.getHttpFields());
        fields.ensureField(new HttpField(HttpHeader.VARY, vary));
        return new MetaData.Response(response.getStatus(), response.getReason(), response.getHttpVersion(), fields,
                response.getContentLength(), response.getTrailersSupplier());
    }
}
