package org.jettyphp.launch;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jettyphp.setting.Network;
import org.jspecify.annotations.Nullable;

/**
 * Believes what a reverse proxy says about its client, if the connection comes from one that is trusted. Jetty's own customizer believes
 * everybody, and of several addresses the first, which is what a client has sent; as nginx's {@code real_ip_recursive}, this one takes the
 * last that is no trusted proxy's. What it has found it hands to Jetty's as the one header {@code Forwarded} (RFC 7239).
 */
final class TrustedProxies implements HttpConfiguration.Customizer {

    private final List<Network> trusted = new ArrayList<>();
    private final ForwardedRequestCustomizer jettys = new ForwardedRequestCustomizer();

    /** @throws IllegalArgumentException if one is no address and no network; the message begins with the setting's name */
    TrustedProxies(List<String> networks) {
        for (String network : networks) {
            try {
                trusted.add(Network.of(network));
            } catch (IllegalArgumentException unusable) {
                throw new IllegalArgumentException(
                        "trustedProxies has '" + network + "'; write addresses or networks, such as 10.0.0.1, 10.0.0.0/8, ::1, fd00::/8",
                        unusable);
            }
        }
        jettys.setForwardedOnly(true);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        boolean fromProxy = trusts(request.getConnectionMetaData().getRemoteSocketAddress());
        List<ForwardedElement> hops = fromProxy ? ForwardedElement.of(request.getHeaders()) : List.of();
        String client = hops.isEmpty() ? "" : client(hops).text();
        if (client.isEmpty()) {
            return request;
        }
        HttpField told = new HttpField(HttpHeader.FORWARDED, client);
        Request customized =
                jettys.customize(new WithHeaders(request, HttpFields.build(withoutForwarded(request)).add(told)), responseHeaders);
        String host = customized.getHeaders().get(HttpHeader.HOST);
        HttpFields.Mutable headers = HttpFields.build(request.getHeaders());
        if (host != null) {
            headers.put(HttpHeader.HOST, host);
        }
        return new WithHeaders(customized, headers.asImmutable());
    }

    boolean trusts(SocketAddress peer) {
        return peer instanceof InetSocketAddress internet && trusts(internet.getAddress());
    }

    private boolean trusts(@Nullable InetAddress address) {
        return address != null && trusted.stream().anyMatch(network -> network.has(address));
    }

    private static HttpFields withoutForwarded(Request request) {
        return HttpFields.build(request.getHeaders()).remove(HttpHeader.FORWARDED).asImmutable();
    }

    /** The last one that no trusted proxy has connected from; where all have, the first. */
    private ForwardedElement client(List<ForwardedElement> hops) {
        for (int i = hops.size() - 1; i > 0; i--) {
            String host = hops.get(i).host();
            // A name is not looked up.
            if (host == null || !trusts(Network.literal(host))) {
                return hops.get(i);
            }
        }
        return hops.get(0);
    }

    private static final class WithHeaders extends Request.Wrapper {

        private final HttpFields headers;

        WithHeaders(Request request, HttpFields headers) {
            super(request);
            this.headers = headers;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
