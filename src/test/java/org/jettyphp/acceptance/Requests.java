package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PHP sees of a request: variables and body. */
interface Requests extends Started {

    default void assertSees(String expected, String path, String... headers) throws Exception {
        String env = get(path, headers).text();
        assertTrue(env.contains(expected), expected + " is missing in " + env);
    }

    @Test
    default void theVariablesOfTheSpecificationAreThere() throws Exception {
        String env = get("/env.php?a=x%7Cy").text();
        for (String expected : new String[] {"\"GATEWAY_INTERFACE\":\"CGI/1.1\"", "\"SERVER_PROTOCOL\":\"HTTP/1.1\"",
                "\"REQUEST_METHOD\":\"GET\"",
                "\"QUERY_STRING\":\"a=x%7Cy\"", "\"REMOTE_ADDR\":\"127.0.0.1\"", "\"SERVER_NAME\":\"localhost\"",
                "\"REDIRECT_STATUS\":\"200\"",
                "\"REQUEST_SCHEME\":\"http\"", "\"SERVER_PORT\":\"" + plain().port() + "\"",
                "\"HTTP_HOST\":\"localhost:" + plain().port() + "\""}) {
            assertTrue(env.contains(expected), expected + " is missing in " + env);
        }
        assertFalse(env.contains("\"HTTPS\""), env);
        assertFalse(env.contains("\"REDIRECT_URL\""), env);
    }

    /** As behind Apache no HTTP_HOST is made up; where no server name is configured it is what was connected to. */
    @Test
    default void aRequestOfHttp10WithoutAHostHasTheAddressForAName() throws Exception {
        try (RawHttp http = new RawHttp(plain().port())) {
            Reply reply = http.write("GET " + plain().contextPath() + "/env.php HTTP/1.0\r\n\r\n").read();
            String env = reply.text();
            assertEquals(200, reply.status());
            assertFalse(env.contains("\"HTTP_HOST\""), env);
            assertTrue(env.contains("\"SERVER_NAME\":\"127.0.0.1\"") || env.contains("\"SERVER_NAME\":\"localhost\""), env);
            assertTrue(env.contains("\"SERVER_PORT\":\"" + plain().port() + "\""), env);
            assertTrue(env.contains("\"SERVER_PROTOCOL\":\"HTTP/1.0\""), env);
            assertNull(reply.header("Transfer-Encoding"), "HTTP/1.0 knows no chunks");
            assertNull(http.line(), "and the connection ends");
        }
    }

    @Test
    default void aQueryMayHaveCharactersThatShouldBeEncoded() throws Exception {
        needs(WayOfUse.Capability.RAW_QUERIES, "this container answers such a request line 400 by itself");
        assertSees("\"QUERY_STRING\":\"a=x|y\"", "/env.php?a=x|y");
    }

    @Test
    default void aPathMayHaveCharactersThatBrowsersDoNotEncode() throws Exception {
        needs(WayOfUse.Capability.RAW_PATHS, "this container answers such a request line 400 by itself");
        String path = plain().contextPath() + "/env.php/a[b]|c^d";
        assertSees("\"REQUEST_URI\":\"" + path + "\"", "/env.php/a[b]|c^d");
        assertSees("\"PATH_INFO\":\"/a[b]|c^d\"", "/env.php/a[b]|c^d");
    }

    @Test
    default void headersThatCouldPassForOthersAreLeftOut() throws Exception {
        String env = get("/env.php", "X-Forwarded-For: true", "X_Forwarded_For: forged", "Remote.User: forged", "Proxy: http://evil/",
                "X-Real: yes").text();
        assertTrue(env.contains("\"HTTP_X_FORWARDED_FOR\":\"true\""), env);
        assertTrue(env.contains("\"HTTP_X_REAL\":\"yes\""), env);
        assertFalse(env.contains("forged"), env);
        assertFalse(env.contains("HTTP_PROXY"), env);
    }

    @Test
    default void severalLinesOfAHeaderAreOneValue() throws Exception {
        assertSees("\"HTTP_X_A\":\"1, 2\"", "/env.php", "X-A: 1", "X-A: 2");
        assertSees("\"HTTP_COOKIE\":\"a=1; b=2\"", "/env.php", "Cookie: a=1", "Cookie: b=2");
    }

    @Test
    default void authorizationReachesPhp() throws Exception {
        assertEquals(401, get("/auth.php").status());
        assertEquals("us:er Basic dXM6ZXI=", get("/auth.php", "Authorization: Basic dXM6ZXI=").body());
        String env = get("/env.php", "Authorization: Bearer t0ken").text();
        assertTrue(env.contains("\"HTTP_AUTHORIZATION\":\"Bearer t0ken\""), env);
        assertFalse(env.contains("AUTH_TYPE") || env.contains("REMOTE_USER"), "nobody has checked it: " + env);
    }

    @Test
    default void theBytesOfAHeaderArriveAsTheyCame() throws Exception {
        try (RawHttp http = new RawHttp(plain().port())) {
            http.write("GET " + plain().contextPath() + "/env.php HTTP/1.1\r\nHost: x\r\nX-Utf: \u00e4\u20ac\r\nX-Latin: ");
            String env = http.write(new byte[] {(byte) 0xE4}).write("\r\n\r\n").read().text();
            assertTrue(env.contains("\"HTTP_X_UTF\":\"\u00e4\u20ac\"") && env.contains("\"HTTP_X_LATIN\":\"\u00e4\""), env);
        }
    }

    @Test
    default void anEncodedSlashInPathInfoArrivesOrIsRefused() throws Exception {
        Reply reply = get("/env.php/AC%2FDC");
        if (plain().capabilities().contains(WayOfUse.Capability.AMBIGUOUS_PATHS)) {
            assertTrue(reply.text().contains("\"PATH_INFO\":\"/AC/DC\""), reply.text());
        } else {
            assertEquals(400, reply.status());
        }
    }

    @Test
    default void longValuesArriveWhole() throws Exception {
        String value = "v".repeat(5000);
        assertSees("\"HTTP_X_LONG\":\"" + value + "\"", "/env.php", "X-Long: " + value);
    }

    @Test
    default void ownParametersAndIniValuesArrive() throws Exception {
        assertSees("\"FROM_HEADER\":\"<here>\"", "/env.php", "X-Test: here");
        assertFalse(get("/env.php").text().contains("GREETING"));
        assertEquals("77M", get("/ini.php?name=memory_limit").body());
    }

    @Test
    default void methodsAndFormsArrive() throws Exception {
        assertEquals("{\"post\":{\"a\":\"b c\",\"d\":\"\\u00e4\"},\"files\":[]}",
                post("/form.php", "a=b+c&d=%C3%A4", "Content-Type: application/x-www-form-urlencoded").body());
        try (RawHttp http = new RawHttp(plain().port())) {
            assertTrue(http.send("DELETE", plain().contextPath() + "/env.php", "").read().text().contains("\"REQUEST_METHOD\":\"DELETE\""));
            assertTrue(http.send("PUT", plain().contextPath() + "/env.php", "x").read().text().contains("\"CONTENT_LENGTH\":\"1\""));
        }
    }

    @Test
    default void anUploadArrives() throws Exception {
        String content = "file content ".repeat(10_000);
        String body = "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"n.txt\"\r\n\r\n" + content + "\r\n--B--\r\n";
        Reply reply = post("/form.php", body, "Content-Type: multipart/form-data; boundary=B");
        assertTrue(
                reply.body().contains(
                        "\"f\":[\"n.txt\"," + content.length() + ",0,\"" + sha256(content.getBytes(StandardCharsets.UTF_8)) + "\"]"),
                reply.body());
    }

    /** Behind Apache chunked uploads over 16 KB reach PHP empty, with status 200. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 65_536, 10 * 1024 * 1024 + 1})
    default void aBodyOfUnknownLengthArrivesWhole(int size) throws Exception {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        try (RawHttp http = new RawHttp(plain().port())) {
            http.write("POST " + plain().contextPath() + "/body.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int at = 0; at < size; at += 100_000) {
                int chunk = Math.min(100_000, size - at);
                http.write(Integer.toHexString(chunk) + "\r\n").write(java.util.Arrays.copyOfRange(body, at, at + chunk)).write("\r\n");
            }
            assertEquals(size + " " + sha256(body) + " " + size, http.write("0\r\n\r\n").read().body());
        }
    }

    /** It would show a script's caller the credentials that the browser added. */
    @Test
    default void traceIsRefused() throws Exception {
        try (RawHttp http = new RawHttp(plain().port())) {
            Reply reply = http.send("TRACE", plain().contextPath() + "/hello.php", "", "Cookie: secret=1").read();
            // 403: a web application in Jetty has a security constraint on TRACE before any filter.
            assertTrue(reply.status() == 405 && String.valueOf(reply.header("Allow")).contains("POST") || reply.status() == 403,
                    reply.text());
            assertFalse(reply.body().contains("secret"), reply.body());
        }
    }

    @Test
    default void aChunkedBodyInHttp10IsRefused() throws Exception {
        try (RawHttp http = new RawHttp(plain().port())) {
            http.write("POST " + plain().contextPath()
                    + "/body.php HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n");
            assertEquals(400, http.read().status());
        }
    }

    /** Nobody has decoded such a body, and where it ends is for two servers to disagree on. */
    @ParameterizedTest
    @ValueSource(strings = {"identity, chunked", "gzip, chunked", "cow\r\nTransfer-Encoding: chunked"})
    default void aTransferCodingBesideChunkedIsRefused(String coding) throws Exception {
        try (RawHttp http = new RawHttp(plain().port())) {
            http.write("POST " + plain().contextPath() + "/body.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + coding
                    + "\r\n\r\n1\r\nx\r\n0\r\n\r\n");
            int status = http.read().status();
            assertTrue(status == 501 || status == 400, "status " + status);
        }
    }

    @Test
    default void aBodyOfKnownLengthArrivesWholeAndTheConnectionGoesOn() throws Exception {
        String body = "0123456789".repeat(300_000);
        try (RawHttp http = new RawHttp(plain().port())) {
            for (int i = 0; i < 3; i++) {
                Reply reply = http.send("POST", plain().contextPath() + "/body.php", body).read();
                assertEquals(body.length() + " " + sha256(body.getBytes(StandardCharsets.UTF_8)) + " " + body.length(), reply.body());
            }
        }
    }

    @Test
    default void aBodyOverTheLimitIsRefusedBeforePhpIsAsked() throws Exception {
        try (RawHttp http = new RawHttp(plain().port())) {
            Reply reply = http.write("POST " + plain().contextPath() + "/body.php HTTP/1.1\r\nHost: x\r\nContent-Length: 40000000\r\n\r\n")
                    .read();
            assertEquals(413, reply.status());
        }
        assertTrue(plain().log().contains("larger than maxRequestBody"));
    }

    @Test
    default void aSessionIsKept() throws Exception {
        Reply first = get("/session.php");
        assertEquals("1", first.body());
        assertEquals("2", get("/session.php", "Cookie: " + first.header("Set-Cookie").split(";")[0]).body());
    }

    static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    default void continueIsSaidOnlyWhenTheBodyWillBeTaken() throws Exception {
        String head = "POST " + plain().contextPath() + "/body.php HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n";
        try (RawHttp client = new RawHttp(plain().port())) {
            client.write(head + "Content-Length: 5\r\n\r\n");
            assertTrue(client.readHead().get(0).startsWith("HTTP/1.1 100"));
            assertTrue(client.write("hello").read().body().startsWith("5 "));
        }
        needs(WayOfUse.Capability.LATE_CONTINUE, "this container says it as soon as the head has come (continueResponseTiming)");
        try (RawHttp client = new RawHttp(plain().port())) {
            client.write(head + "Content-Length: 40000000\r\n\r\n");
            assertEquals(413, client.read().status());
        }
    }
}
