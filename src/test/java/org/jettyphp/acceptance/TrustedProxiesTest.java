package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jettyphp.config.SettingsException;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reverse proxy in front of us says about its client, and who may say it. */
class TrustedProxiesTest extends BehindFakeFpm {

    private static void tell(FakeFpm.Request request, Wire wire) throws Exception {
        wire.stdout(HEAD + request.params().get("REMOTE_ADDR") + " " + request.params().getOrDefault("HTTPS", "-") + " "
                + request.params().get("SERVER_NAME") + " " + request.params().get("SERVER_PORT") + " " + request.params().get("HTTP_HOST")
                + " "
                + request.params().get("REQUEST_SCHEME")).end(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "X-Forwarded-For: 203.0.113.7 | 203.0.113.7 - x 80 x http",
            "X-Forwarded-For: 203.0.113.7:4711 | 203.0.113.7 - x 80 x http",
            "X-Forwarded-For: 2001:db8::7 | 2001:db8::7 - x 80 x http",
            "X-Forwarded-For: 6.6.6.6, 203.0.113.7 | 203.0.113.7 - x 80 x http",
            "X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.1.2.3 | 203.0.113.7 - x 80 x http",
            "X-Forwarded-For: 10.1.2.4, 10.1.2.3 | 10.1.2.4 - x 80 x http",
            "X-Forwarded-For: 6.6.6.6, evil.example | 127.0.0.1 - x 80 x http",
            "X-Forwarded-For: 6.6.6.6, unknown | 127.0.0.1 - x 80 x http",
            "X-Forwarded-Proto: https | 127.0.0.1 on x 443 x https",
            "X-Forwarded-Proto: gopher | 127.0.0.1 - x 80 x http",
            "X-Forwarded-Host: shop.example | 127.0.0.1 - shop.example 80 shop.example http",
            "X-Forwarded-Host: shop.example:8443 | 127.0.0.1 - shop.example 8443 shop.example:8443 http",
            "X-Forwarded-Host: a/../b | 127.0.0.1 - x 80 x http",
            "Forwarded: for=203.0.113.7;proto=https;host=shop.example | 203.0.113.7 on shop.example 443 shop.example https",
            "Forwarded: for=\"[2001:db8::7]:4711\" | 2001:db8::7 - x 80 x http",
            "Forwarded: for=6.6.6.6, for=203.0.113.7;proto=https | 203.0.113.7 on x 443 x https",
            "Forwarded: nonsense | 127.0.0.1 - x 80 x http"})
    void aTrustedProxyIsBelieved(String header, String seen) throws Exception {
        int port = serve(TrustedProxiesTest::tell, "trustedProxies", "127.0.0.1 10.0.0.0/8 ::1");
        try (RawHttp http = new RawHttp(port)) {
            assertEquals(seen, http.write("GET /x.php HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n").read().body());
        }
    }

    /** Rules know it as Apache writes it, and as PHP has it. */
    @ParameterizedTest
    @CsvSource({"2001:db8::7, 403", "2001:db8:0:0:0:0:0:7, 403", "2001:db8::8, 200", "6.6.6.6, 403"})
    void rulesSeeTheAddressAsPhpDoes(String client, int status) throws Exception {
        int port = serve(TrustedProxiesTest::tell, "trustedProxies", "127.0.0.1", "rewrite",
                "RewriteCond %{REMOTE_ADDR} ^(2001:db8::7|6\\.6\\.6\\.6)$\nRewriteRule ^ - [F]");
        assertEquals(status, RawHttp.get(port, "/x.php", "X-Forwarded-For: " + client).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/8"})
    void othersAreNot(String trusted) throws Exception {
        int port = serve(TrustedProxiesTest::tell, "trustedProxies", trusted);
        try (RawHttp http = new RawHttp(port)) {
            assertEquals("127.0.0.1 - x 80 x http", http.write("GET /x.php HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.7\r\n"
                    + "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil\r\nForwarded: for=203.0.113.7;proto=https\r\n\r\n").read()
                    .body());
        }
    }

    /** Whose request it is nobody knows then. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For: \"\\", "X-Forwarded-For: a\"b\"c", "Forwarded: for=\"a\"b\"", "Forwarded: ;q=\"\"",
            "X-Forwarded-Host: \"x"})
    void whatCannotBeReadIsRefused(String header) throws Exception {
        int port = serve(TrustedProxiesTest::tell, "trustedProxies", "127.0.0.1");
        try (RawHttp http = new RawHttp(port)) {
            int status = http.write("GET /x.php HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n").read().status();
            assertTrue(status == 400 || status == 200 && fpm.requests().get(0).params().get("REMOTE_ADDR").equals("127.0.0.1"),
                    "status " + status);
        }
    }

    @Test
    void theHeadersThemselvesReachPhpAsTheyCame() throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + request.params().get("HTTP_X_FORWARDED_FOR")).end(0),
                "trustedProxies", "127.0.0.1");
        assertEquals("6.6.6.6, 203.0.113.7", RawHttp.get(port, "/x.php", "X-Forwarded-For: 6.6.6.6, 203.0.113.7").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/40", "10.0.0", "1.2.3.4/x", "*"})
    void whatIsNoNetworkIsRefusedAtTheStart(String network) {
        String message =
                assertThrows(SettingsException.class, () -> serve(TrustedProxiesTest::tell, "trustedProxies", network)).getMessage();
        assertTrue(message.contains("trustedProxies has '" + network + "'; write addresses or networks"), message);
    }
}
