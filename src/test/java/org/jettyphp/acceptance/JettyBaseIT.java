package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.jettyphp.peers.RawHttp;
import org.junit.jupiter.api.Test;

/** The repository's {@code jetty-base} with its php-fpm module, settings as properties, in a Jetty distribution. */
class JettyBaseIT extends AcceptanceSuite {

    @Override
    WayOfUse start(Path documentRoot, Map<String, String> settings) throws Exception {
        return JettyBase.start(documentRoot, settings);
    }

    @Test
    void proxiesAreBelievedThatAreTrustedAndNobodyElse() throws Exception {
        String forwarded = "X-Forwarded-For: 203.0.113.7";
        String seen = "\"REMOTE_ADDR\":\"203.0.113.7\"";
        assertTrue(get("/env.php", forwarded).text().contains("\"REMOTE_ADDR\":\"127.0.0.1\""));
        try (WayOfUse trusting = start(scratch().resolve("app"), Map.of("target", fpm().target(), "trustedProxies", "127.0.0.1"))) {
            String env = RawHttp.get(trusting.port(), "/env.php", forwarded).text();
            assertTrue(env.contains(seen), env);
        }
    }
}
