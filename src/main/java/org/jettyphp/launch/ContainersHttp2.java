package org.jettyphp.launch;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's own HTTP/2 (its modules {@code http2c} and {@code http2}) with what ours has too: {@link ForgottenFields}, and cleartext by prior
 * knowledge only, see {@link PriorKnowledgeHttp2}. Needs Jetty's classes for HTTP/2, which those modules bring.
 */
final class ContainersHttp2 {

    private ContainersHttp2() {}

    /** Changes a connector that has not been started. */
    static void secure(AbstractConnector connector) {
        for (ConnectionFactory factory : List.copyOf(connector.getConnectionFactories())) {
            if (factory instanceof AbstractHTTP2ServerConnectionFactory http2) {
                http2.addEventListener(new ForgottenFields());
            }
            if (factory instanceof HTTP2CServerConnectionFactory cleartext) {
                connector.addConnectionFactory(new NotByUpgrade(cleartext));
            }
        }
    }

    private static final class NotByUpgrade extends AbstractConnectionFactory implements ConnectionFactory.Upgrading {

        private final HTTP2CServerConnectionFactory cleartext;

        NotByUpgrade(HTTP2CServerConnectionFactory cleartext) {
            super(cleartext.getProtocols().toArray(String[]::new));
            this.cleartext = cleartext;
            installBean(cleartext);
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return cleartext.newConnection(connector, endPoint);
        }

        @Override
        public @Nullable Connection upgradeConnection(Connector connector, EndPoint endPoint, MetaData.Request request,
                HttpFields.Mutable response) {
            return HttpMethod.PRI.is(request.getMethod()) ? cleartext.upgradeConnection(connector, endPoint, request, response) : null;
        }
    }
}
