package org.jettyphp.launch;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/** What our Jetty module does with the connectors of its server, when all modules have added theirs: {@code trustedProxies}, and a safe HTTP/2. */
final class ContainersConnectors implements LifeCycle.Listener {

    private final List<String> trustedProxies;

    ContainersConnectors(List<String> trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    @Override
    public void lifeCycleStarting(LifeCycle server) {
        Set<HttpConfiguration> all = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Connector connector : ((Server) server).getConnectors()) {
            for (ConnectionFactory factory : connector.getConnectionFactories()) {
                if (factory instanceof HttpConfiguration.ConnectionFactory http) {
                    all.add(http.getHttpConfiguration());
                }
            }
            if (connector instanceof AbstractConnector any && any.getProtocols().stream().anyMatch(name -> name.startsWith("h2"))) {
                ContainersHttp2.secure(any);
            }
        }
        if (!trustedProxies.isEmpty()) {
            all.forEach(http -> http.addCustomizer(new TrustedProxies(trustedProxies)));
        }
    }
}
