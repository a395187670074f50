package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
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

    /** The module takes the length of what it unpacks away. */
    @Test
    void aBodyThatTheCompressionModuleUnpacksArrivesWhole() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("a".repeat(3000).getBytes(StandardCharsets.US_ASCII));
        }
        try (WayOfUse unpacking = JettyBase.start(scratch().resolve("app"), Map.of("target", fpm().target()), "compression-gzip");
                RawHttp http = new RawHttp(unpacking.port())) {
            http.write("POST /body.php HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n");
            String seen = http.write(packed.toByteArray()).read().text();
            assertTrue(seen.startsWith("3000 ") && seen.endsWith(" 3000"), seen);
        }
    }
}
