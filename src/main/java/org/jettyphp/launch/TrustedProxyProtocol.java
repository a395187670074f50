package org.jettyphp.launch;

import java.util.Objects;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ProxyConnectionFactory;

/**
 * The PROXY protocol, versions 1 and 2, from trusted proxies. Jetty's own factory believes everybody; here a connection from elsewhere is
 * HTTP from its first byte, and a PROXY line a bad request.
 *
 * <p>It has to be switched on, as in nginx ({@code listen ... proxy_protocol}) and HAProxy ({@code accept-proxy}): most reverse proxies speak
 * HTTP and nothing before it, and section 2 of the specification forbids to guess. A trusted proxy may still leave the header out, for its
 * checks or where one proxy of several sends it: that is no more than {@code trustedProxies} gives it already.
 *
 * <p>What a header says is the connection from then on, also for {@link TrustedProxies}: a proxy that hands bytes on, TLS say, hands on what
 * its client writes into {@code X-Forwarded-For}, and that is believed only if this client is itself a trusted proxy.
 */
final class TrustedProxyProtocol extends ProxyConnectionFactory {

    private static final String NEXT = HttpVersion.HTTP_1_1.asString();

    private final TrustedProxies proxies;

    TrustedProxyProtocol(TrustedProxies proxies) {
        super(NEXT);
        this.proxies = proxies;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return proxies.trusts(endPoint.getRemoteSocketAddress()) ? super.newConnection(connector, endPoint)
                : Objects.requireNonNull(connector.getConnectionFactory(NEXT)).newConnection(connector, endPoint);
    }
}
