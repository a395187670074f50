package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.junit.jupiter.api.Test;

/** What PHP is told about a connection that is not the usual one. */
class AddressVariablesTest extends BehindRealFpm {

    /** Containers say [0:0:0:0:0:0:0:1], applications compare with ::1. */
    @Test
    void anAddressOfIpv6IsSpelledAsNginxAndApacheDo() throws Exception {
        fpm = RealFpm.onUnixSocket(Map.of());
        int port = serve(PhpServer.serving(root).target(fpm.target()).host("::1"));
        try (RawHttp http = new RawHttp(new InetSocketAddress(InetAddress.getByName("::1"), port))) {
            String env = http.write("GET /env.php HTTP/1.1\r\nHost: [::1]:" + port + "\r\n\r\n").read().text();
            for (String expected : new String[] {"\"REMOTE_ADDR\":\"::1\"", "\"SERVER_ADDR\":\"::1\"", "\"SERVER_NAME\":\"[::1]\"",
                    "\"SERVER_PORT\":\"" + port + "\"", "\"HTTP_HOST\":\"[::1]:" + port + "\""}) {
                assertTrue(env.contains(expected), expected + " is missing in " + env);
            }
        }
    }
}
