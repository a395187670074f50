package org.jettyphp.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jettyphp.config.SettingsException;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy that hands bytes on says about its client before the first of them, and who may say it. Headers are written by hand. */
class ProxyProtocolTest extends BehindFakeFpm {

    private static final String REQUEST = "GET /x.php HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
    private static final byte[] FROM_203 = {(byte) 203, 0, 113, 7, (byte) 198, 51, 100, 1, 0x12, 0x67, 0x1F, (byte) 0x90};
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;

    private static void tell(FakeFpm.Request request, Wire wire) throws Exception {
        wire.stdout(HEAD + request.params().get("REMOTE_ADDR") + " " + request.params().get("REMOTE_PORT") + " "
                + request.params().get("SERVER_ADDR") + " " + request.params().getOrDefault("HTTPS", "-")).end(0);
    }

    private int trusting(String proxies) throws Exception {
        return serve(ProxyProtocolTest::tell, "trustedProxies", proxies, "proxyProtocol", "on");
    }

    private static byte[] v2(int command, int family, byte[]... parts) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            rest.writeBytes(part);
        }
        return ByteBuffer.allocate(16 + rest.size()).put(SIGNATURE).put((byte) command).put((byte) family).putShort((short) rest.size())
                .put(rest.toByteArray()).array();
    }

    private static Reply ask(int port, byte[] header) throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            // In one piece: a server that refuses the header closes, and what comes then would take its answer away (RST).
            return http.write(ByteBuffer.allocate(header.length + REQUEST.length()).put(header).put(REQUEST.getBytes(US_ASCII)).array())
                    .read();
        }
    }

    @ParameterizedTest
    @CsvSource({"PROXY TCP4 203.0.113.7 198.51.100.1 4711 8080, 203.0.113.7 4711 198.51.100.1 -",
            "PROXY TCP6 2001:db8::7 2001:db8::1 4711 8080, 2001:db8::7 4711 2001:db8::1 -"})
    void aTrustedProxyIsBelieved(String line, String seen) throws Exception {
        assertEquals(seen, ask(trusting("127.0.0.1"), (line + "\r\n").getBytes(US_ASCII)).body());
    }

    @Test
    void inTheBinaryFormToo() throws Exception {
        assertEquals("203.0.113.7 4711 198.51.100.1 -", ask(trusting("127.0.0.1"), v2(PROXY, TCP4, FROM_203)).body());
    }

    @Test
    void withAddressesOfIpv6() throws Exception {
        ByteBuffer addresses = ByteBuffer.allocate(36);
        addresses.putInt(0x20010DB8).putInt(0).putInt(0).putInt(7).putInt(0x20010DB8).putInt(0).putInt(0).putInt(1).putInt(0x12671F90);
        assertEquals("2001:db8::7 4711 2001:db8::1 -", ask(trusting("127.0.0.1"), v2(PROXY, TCP6, addresses.array())).body());
    }

    /** PP2_TYPE_SSL with PP2_CLIENT_SSL, and the version as a sub-TLV. */
    @Test
    void aConnectionOverTlsIsHttps() throws Exception {
        byte[] tls = {0x20, 0, 15, 1, 0, 0, 0, 0, 0x21, 0, 7, 'T', 'L', 'S', 'v', '1', '.', '3'};
        assertEquals("203.0.113.7 4711 198.51.100.1 on", ask(trusting("127.0.0.1"), v2(PROXY, TCP4, FROM_203, tls)).body());
        byte[] none = {0x20, 0, 5, 0, 0, 0, 0, 0};
        assertEquals("203.0.113.7 4711 198.51.100.1 -", ask(server.port(), v2(PROXY, TCP4, FROM_203, none)).body());
    }

    /** The proxy speaks for itself, as in its checks. */
    @Test
    void whereItSaysNothingTheProxyIsTheClient() throws Exception {
        int port = trusting("127.0.0.1");
        for (byte[] header : new byte[][] {"PROXY UNKNOWN\r\n".getBytes(US_ASCII), v2(LOCAL, 0), {}}) {
            String body = ask(port, header).body();
            assertTrue(body.matches("127\\.0\\.0\\.1 [0-9]+ 127\\.0\\.0\\.1 -"), body);
        }
    }

    @Test
    void aHeaderMayComeByteByByteAndTheRequestWithIt() throws Exception {
        int port = trusting("127.0.0.1");
        try (RawHttp http = new RawHttp(port)) {
            for (byte each : v2(PROXY, TCP4, FROM_203)) {
                http.write(new byte[] {each});
            }
            assertEquals("203.0.113.7 4711 198.51.100.1 -", http.write(REQUEST).read().body());
            assertEquals("203.0.113.7 4711 198.51.100.1 -", http.write(REQUEST).read().body(), "for the whole connection");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fromOthersItIsABadRequest(boolean binary) throws Exception {
        byte[] header = binary ? v2(PROXY, TCP4, FROM_203) : "PROXY TCP4 203.0.113.7 198.51.100.1 4711 8080\r\n".getBytes(US_ASCII);
        assertEquals(400, ask(trusting("10.0.0.0/8"), header).status());
        assertTrue(fpm.requests().isEmpty());
    }

    @Test
    void othersAreServedAsEver() throws Exception {
        assertTrue(ask(trusting("10.0.0.0/8"), new byte[0]).body().startsWith("127.0.0.1 "));
    }

    @Test
    void switchedOffItIsABadRequestFromAnybody() throws Exception {
        int port = serve(ProxyProtocolTest::tell, "trustedProxies", "127.0.0.1");
        assertEquals(400, ask(port, "PROXY TCP4 203.0.113.7 198.51.100.1 4711 8080\r\n".getBytes(US_ASCII)).status());
        assertEquals(400, ask(port, v2(PROXY, TCP4, FROM_203)).status());
    }

    /** A client behind the proxy writes one of its own, after the proxy's. */
    @Test
    void aSecondHeaderIsABadRequest() throws Exception {
        byte[] line = "PROXY TCP4 203.0.113.7 198.51.100.1 4711 8080\r\nPROXY TCP4 6.6.6.6 6.6.6.6 1 1\r\n".getBytes(US_ASCII);
        assertEquals(400, ask(trusting("127.0.0.1"), line).status());
    }

    @Test
    void whatTheClientBehindItForwardsIsNotBelieved() throws Exception {
        int port = trusting("127.0.0.1");
        try (RawHttp http = new RawHttp(port)) {
            http.write("PROXY TCP4 203.0.113.7 198.51.100.1 4711 8080\r\n");
            http.write("GET /x.php HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\n\r\n");
            assertEquals("203.0.113.7 4711 198.51.100.1 -", http.read().body());
        }
    }

    @Test
    void unlessItIsATrustedProxyItself() throws Exception {
        int port = trusting("127.0.0.1 203.0.113.0/24");
        try (RawHttp http = new RawHttp(port)) {
            http.write("PROXY TCP4 203.0.113.7 198.51.100.1 4711 8080\r\n");
            http.write("GET /x.php HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: https\r\n\r\n");
            assertTrue(http.read().body().startsWith("192.0.2.9 "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY TCP4 203.0.113.7\r\n", "PROXY TCP4 203.0.113.7 198.51.100.1 x y\r\n", "PROXY \u0001\r\n", "PROXY\n"})
    void aBrokenHeaderEndsTheConnection(String line) throws Exception {
        assertEquals(0, ask(trusting("127.0.0.1"), line.getBytes(US_ASCII)).status());
        assertTrue(fpm.requests().isEmpty());
    }

    @Test
    void aHeaderThatTakesTooLongEndsTheConnection() throws Exception {
        int port = serve(ProxyProtocolTest::tell, "trustedProxies", "127.0.0.1", "proxyProtocol", "on", "headTimeout", "200ms");
        try (RawHttp slow = new RawHttp(port)) {
            assertEquals(408, slow.write("PROXY TCP4 203").read().status());
        }
    }

    @Test
    void withoutTrustedProxiesItIsRefusedAtTheStart() {
        String message = assertThrows(SettingsException.class, () -> serve(ProxyProtocolTest::tell, "proxyProtocol", "on")).getMessage();
        assertTrue(message.contains("proxyProtocol is on and trustedProxies empty"), message);
    }
}
