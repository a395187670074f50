package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jettyphp.peers.Ports;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind the real HAProxy, which hands bytes on and says whose they are. */
class ProxyProtocolIT extends BehindFakeFpm {

    private static final String CLIENT = "127.0.0.9";

    private Process haproxy;

    @AfterEach
    void stopHaproxy() throws Exception {
        if (haproxy != null) {
            haproxy.destroy();
            haproxy.waitFor();
        }
    }

    private int inFrontOf(int server, String option) throws Exception {
        return inFrontOf(server, option, "");
    }

    private int inFrontOf(int server, String option, String listening) throws Exception {
        int port = Ports.free();
        Path configuration = Trees.write(root, ".haproxy.cfg", """
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 30s
                    timeout server 30s
                listen web
                    bind 127.0.0.1:%d %s
                    server php 127.0.0.1:%d check inter 200ms %s
                """.formatted(port, listening, server, option));
        haproxy = new ProcessBuilder("haproxy", "-db", "-f", configuration.toString()).redirectErrorStream(true)
                .redirectOutput(Files.createFile(root.resolve(".haproxy.log")).toFile()).start();
        Until.true_("HAProxy listens", () -> RealFpm.listens(port));
        return port;
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2", "send-proxy-v2-ssl"})
    void phpSeesTheClient(String option) throws Exception {
        int server = serve((request, wire) -> wire.stdout(HEAD + request.params().get("REMOTE_ADDR") + " "
                + request.params().get("SERVER_ADDR")).end(0), "trustedProxies", "127.0.0.1", "proxyProtocol", "on");
        int port = inFrontOf(server, option);
        try (RawHttp http = RawHttp.from(CLIENT, port)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(CLIENT + " 127.0.0.1", http.send("GET", "/x.php", "").read().body());
            }
        }
    }

    @Test
    void phpSeesThatTheClientSpeaksTls() throws Exception {
        int server =
                serve((request, wire) -> wire.stdout(HEAD + request.params().get("HTTPS") + " " + request.params().get("REQUEST_SCHEME"))
                        .end(0), "trustedProxies", "127.0.0.1", "proxyProtocol", "on");
        Path certificate = root.resolve(".site.pem");
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", certificate + ".key", "-out",
                certificate.toString());
        int port = inFrontOf(server, "send-proxy-v2-ssl", "ssl crt " + certificate);
        assertEquals("on https", run("curl", "-sk", "https://127.0.0.1:" + port + "/x.php"));
    }

    private String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), command[0]);
        return said;
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
    void oneThatIsNotTrustedIsNotBelieved(String option) throws Exception {
        int server = serve((request, wire) -> wire.stdout(HEAD).end(0), "trustedProxies", "10.0.0.1", "proxyProtocol", "on");
        try (RawHttp http = RawHttp.from(CLIENT, inFrontOf(server, option))) {
            assertEquals(400, http.send("GET", "/x.php", "").read().status());
        }
    }
}
