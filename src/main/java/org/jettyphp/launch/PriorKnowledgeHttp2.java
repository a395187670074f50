package org.jettyphp.launch;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.RateControl;
import org.eclipse.jetty.http2.WindowRateControl;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Cleartext HTTP/2 for clients that begin with its preface. Not by {@code Upgrade: h2c}: behind a reverse proxy that passes the header on, a
 * client would get a connection past the proxy's rules (request smuggling by h2c). Such a request is answered as HTTP/1.1.
 */
final class PriorKnowledgeHttp2 extends HTTP2CServerConnectionFactory {

    PriorKnowledgeHttp2(HttpConfiguration configuration, LimitSettings limits) {
        super(readingTwice(configuration));
        addEventListener(new ForgottenFields());
        // Jetty has set its own: what HTTP/1.1 has read behind the preface must fit (12.1.10 closes the connection otherwise).
        setInputBufferSize(configuration.getInputBufferSize());
        setMaxConcurrentStreams(limits.http2Streams());
        setRateControlFactory(limits.http2ControlFrames() == 0 ? new RateControl.Factory() {}
                : new WindowRateControl.Factory(limits.http2ControlFrames()));
    }

    /**
     * Beyond what it reads, Jetty ends the connection with all its requests; up to twice what is allowed, {@link RequestLimits} answers 431.
     * What it reads it also announces.
     */
    private static HttpConfiguration readingTwice(HttpConfiguration configuration) {
        HttpConfiguration own = new HttpConfiguration(configuration);
        own.setRequestHeaderSize(2 * configuration.getRequestHeaderSize());
        return own;
    }

    @Override
    public @Nullable Connection upgradeConnection(Connector connector, EndPoint endPoint, MetaData.Request request,
            HttpFields.Mutable response) {
        return HttpMethod.PRI.is(request.getMethod()) ? super.upgradeConnection(connector, endPoint, request, response) : null;
    }
}
