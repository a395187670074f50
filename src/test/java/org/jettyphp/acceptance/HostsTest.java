package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jettyphp.config.SettingsException;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names an application answers to. */
class HostsTest extends BehindFakeFpm {

    private int serve(String hosts) throws Exception {
        return serve((request, wire) -> wire.stdout(HEAD + request.params().get("HTTP_HOST")).end(0), "hosts", hosts);
    }

    private static int status(int port, String request) throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            return http.write(request).read().status();
        }
    }

    @ParameterizedTest
    @CsvSource({"example.org, 200", "EXAMPLE.ORG, 200", "example.org:8080, 200", "example.org., 200", "www.example.org, 421",
            "evil.net, 421",
            "example.org.evil.net, 421", "a.shop.example, 200", "shop.example, 421", "evilshop.example, 421"})
    void onlyItsOwnNamesAreAnswered(String host, int status) throws Exception {
        assertEquals(status, status(serve("example.org *.shop.example"), "GET /x.php HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
    }

    @Test
    void plainFilesAreNotSentEither() throws Exception {
        assertEquals(421, status(serve("example.org"), "GET /nothing.txt HTTP/1.1\r\nHost: evil.net\r\n\r\n"));
        assertTrue(log.text().contains("421 GET /nothing.txt: its host is none of hosts [example.org]"), log.text());
        assertTrue(fpm.requests().isEmpty());
    }

    @Test
    void aRequestWithoutAHostIsRefused() throws Exception {
        assertEquals(400, status(serve("example.org"), "GET /x.php HTTP/1.0\r\n\r\n"));
    }

    @Test
    void overHttp2TheAuthorityCounts() throws Exception {
        try (RawHttp2 http = new RawHttp2(serve("authority.example"))) {
            assertEquals("authority.example:8080", http.get("/x.php").read().body());
        }
    }

    @Test
    void overHttp2AnotherAuthorityIsRefused() throws Exception {
        try (RawHttp2 http = new RawHttp2(serve("example.org"))) {
            assertFalse(http.get("/x.php").read().body().startsWith("authority.example"));
        }
        assertTrue(fpm.requests().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org:80", "*", "a*.example", "http://example.org", "exa/mple"})
    void whatIsNoNameIsRefusedAtTheStart(String host) {
        String message = assertThrows(SettingsException.class, () -> serve(host)).getMessage();
        assertTrue(message.contains("hosts has '" + host + "'; write names without a port"), message);
    }
}
