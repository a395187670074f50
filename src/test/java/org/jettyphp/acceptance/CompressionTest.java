package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import org.jettyphp.peers.Decoded;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the embedded server compresses, and what it leaves alone. */
class CompressionTest extends BehindFakeFpm {

    private static final String PAGE = "A line of a page, as they are.\n".repeat(100);
    private static final String ALL = "br zstd gzip";

    private static void answer(Wire wire, String head, String body) throws IOException {
        wire.stdout(head + "\r\n");
        for (int at = 0; at < body.length(); at += 60_000) {
            wire.stdout(body.substring(at, Math.min(body.length(), at + 60_000)));
        }
        wire.end(0);
    }

    private int serve(String head, String body, String... settings) throws Exception {
        return serve((request, wire) -> answer(wire, head, body), settings);
    }

    /** Lines that repeat themselves, and noise that does not. */
    private static String body(int size) {
        StringBuilder body = new StringBuilder(size + 64);
        Random random = new Random(size);
        while (body.length() < size) {
            body.append("<p>A paragraph: ").append(Long.toString(random.nextLong(), 36)).append("</p>\n");
        }
        body.setLength(size);
        return body.toString();
    }

    @ParameterizedTest
    @CsvSource({"br, 256", "br, 40000", "br, 1048576", "br, 20971520", "zstd, 256", "zstd, 40000", "zstd, 1048576", "zstd, 20971520",
            "gzip, 256", "gzip, 65535", "gzip, 65536", "gzip, 65537", "gzip, 1048576", "gzip, 20971520"})
    void aBodyArrivesByteForByte(String coding, int size) throws Exception {
        String body = body(size);
        int port = serve((request, wire) -> answer(wire, "Content-Type: text/html\r\n"
                + (request.params().get("QUERY_STRING").isEmpty() ? "" : "Content-Length: " + size + "\r\n"), body), "compression", ALL);
        for (String path : new String[] {"/x.php", "/x.php?length"}) {
            Reply reply = RawHttp.get(port, path, "Accept-Encoding: " + coding);
            assertEquals(coding, reply.header("Content-Encoding"));
            assertEquals("Accept-Encoding", reply.header("Vary"));
            assertTrue(reply.complete());
            assertEquals(body, Decoded.text(coding, reply.body()));
            assertTrue(reply.body().length() < size, reply.body().length() + " bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255})
    void whatIsTinyIsNotWorthIt(int size) throws Exception {
        Reply reply = RawHttp.get(serve("Content-Type: text/html\r\n", body(size)), "/x.php", "Accept-Encoding: gzip");
        assertNull(reply.header("Content-Encoding"));
        assertNull(reply.header("Vary"));
        assertEquals(body(size), reply.body());
    }

    @ParameterizedTest
    @CsvSource(value = {"gzip, gzip", "'deflate, gzip;q=0.5', gzip", "'gzip, br', br", "'br;q=0.5, gzip', gzip", "'gzip, zstd', zstd",
            "'gzip, deflate, br, zstd', br", "*, br", "'br;q=0, *', zstd", "'BR;q=0, *', zstd", "'deflate, GZIP', gzip",
            "identity, -", "'identity, gzip;q=0.5', -",
            "gzip;q=0, -", "deflate, -", "'identity;q=0', -", "'', -", "';;,', -", "\", -", "'gzip, \"', -",
            "'gzip;q=\"', -"}, nullValues = "-")
    void aClientGetsTheBestOfWhatItTakes(String accepted, String coding) throws Exception {
        int port = serve("Content-Type: text/html\r\n", PAGE, "compression", ALL);
        Reply reply = RawHttp.get(port, "/x.php", "Accept-Encoding: " + accepted);
        assertEquals(coding, reply.header("Content-Encoding"));
        assertEquals("Accept-Encoding", reply.header("Vary"), "a cache must know of others");
        assertEquals(PAGE, Decoded.text(coding, reply.body()));
    }

    @Test
    void gzipIsTheDefault() throws Exception {
        int port = serve("Content-Type: text/html\r\n", PAGE);
        assertEquals("gzip", RawHttp.get(port, "/x.php", "Accept-Encoding: br, zstd, gzip").header("Content-Encoding"));
    }

    @Test
    void nothingIsCompressedWhereNoCodingIsGiven() throws Exception {
        Reply plain = RawHttp.get(serve("Content-Type: text/html\r\n", PAGE, "compression", ""), "/x.php", "Accept-Encoding: gzip");
        assertNull(plain.header("Content-Encoding"));
        assertNull(plain.header("Vary"));
    }

    @Test
    void aCodingThatIsNoneIsRefusedAtStart() {
        Exception refused = assertThrows(Exception.class, () -> serve("", "", "compression", "gzip deflate"));
        assertTrue(refused.getMessage().contains("compression has 'deflate'; there are br, zstd, gzip"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: text/event-stream", "Content-Type: image/png", "Content-Type: video/mp4",
            "Content-Type: application/zip", "Content-Type: font/woff2", "Content-Type: application/octet-stream",
            "Content-Type: text/html\r\nContent-Encoding: br", "Content-Type: text/html\r\nContent-Encoding: identity",
            "Content-Type: text/html\r\nCache-Control: private, no-transform",
            "Content-Type: text/html\r\nContent-Digest: sha-256=:AAAA:",
            "Content-Type: text/html\r\nRepr-Digest: sha-256=:AAAA:", "Content-Type: text/html\r\nDigest: SHA-256=AAAA",
            "Content-Type: text/html\r\nContent-MD5: AAAA",
            "Status: 206\r\nContent-Type: text/html\r\nContent-Range: bytes 0-3099/9999",
            "Status: 302\r\nLocation: /y\r\nContent-Type: text/html"})
    void whatShouldStayAsItIsDoes(String head) throws Exception {
        Reply reply = RawHttp.get(serve(head + "\r\n", PAGE), "/x.php", "Accept-Encoding: gzip");
        assertEquals(PAGE, reply.body());
        assertFalse("gzip".equals(reply.header("Content-Encoding")));
        assertNull(reply.header("Vary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: text/html; charset=UTF-8", "Content-Type: application/json",
            "Content-Type: application/problem+json",
            "Content-Type: image/svg+xml", "Content-Type: TEXT/CSS", "Status: 404\r\nContent-Type: text/html",
            "Status: 500\r\nContent-Type: text/html", "Content-Type: text/html\r\nCache-Control: max-age=1, x=\""})
    void textIsCompressedWhateverItIsCalled(String head) throws Exception {
        Reply reply = RawHttp.get(serve(head + "\r\nVary: Cookie\r\n", PAGE), "/x.php", "Accept-Encoding: gzip");
        assertEquals(PAGE, Decoded.text("gzip", reply.body()));
        assertEquals("Cookie, Accept-Encoding", String.join(", ", reply.all("Vary")));
    }

    @ParameterizedTest
    @CsvSource(value = {"3100", "-"}, nullValues = "-")
    void theHeadAloneIsAsOfThePlainPage(String length) throws Exception {
        String head = "Content-Type: text/html\r\n" + (length == null ? "" : "Content-Length: " + length + "\r\n");
        int port = serve((request, wire) -> wire.stdout(head + "\r\n").end(0));
        try (RawHttp http = new RawHttp(port)) {
            Reply reply = http.send("HEAD", "/x.php", "", "Accept-Encoding: gzip").read(true);
            assertNull(reply.header("Content-Encoding"));
            assertEquals(length, reply.header("Content-Length"));
            assertEquals("Accept-Encoding", reply.header("Vary"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void whatHasNoBodyGetsNone(int status) throws Exception {
        int port = serve((request, wire) -> wire.stdout("Status: " + status + "\r\nContent-Type: text/html\r\n\r\n").end(0));
        Reply reply = RawHttp.get(port, "/x.php", "Accept-Encoding: gzip");
        assertEquals(status, reply.status());
        assertNull(reply.header("Content-Encoding"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tag\"", "W/\"tag\"", "\"with--dashes\""})
    void theApplicationMeetsItsOwnTagAndTheClientThatOfTheCompressedPage(String tag) throws Exception {
        int port = serve((request, wire) -> {
            boolean known = tag.equals(request.params().get("HTTP_IF_NONE_MATCH"));
            answer(wire, "ETag: " + tag + "\r\n" + (known ? "Status: 304\r\n" : "Content-Type: text/html\r\n"), known ? "" : PAGE);
        });
        String sent = RawHttp.get(port, "/x.php", "Accept-Encoding: gzip").header("ETag");
        assertEquals(tag.substring(0, tag.length() - 1) + "--gzip\"", sent);
        Reply known = RawHttp.get(port, "/x.php", "Accept-Encoding: gzip", "If-None-Match: " + sent);
        assertEquals(304, known.status());
        assertEquals(sent, known.header("ETag"));
        assertEquals("Accept-Encoding", known.header("Vary"));
        RawHttp.get(port, "/x.php", "If-Match: " + sent);
        assertEquals(tag, fpm.requests().get(2).params().get("HTTP_IF_MATCH"));
        Reply plain = RawHttp.get(port, "/x.php", "If-None-Match: " + tag);
        assertEquals(304, plain.status());
        assertEquals(tag, plain.header("ETag"));
    }

    @Test
    void anAnswerThatBreaksOffLooksBrokenOff() throws Exception {
        int port = serve((request, wire) -> {
            wire.stdout("Content-Type: text/html\r\nContent-Length: 1000000\r\n\r\n");
            wire.stdout(body(100_000)).close();
        });
        for (String connection : new String[] {"keep-alive", "close"}) {
            Reply reply = RawHttp.get(port, "/x.php", "Accept-Encoding: gzip", "Connection: " + connection);
            assertEquals("gzip", reply.header("Content-Encoding"));
            assertEquals("chunked", reply.header("Transfer-Encoding"), "else the end of the connection would be that of the answer");
            assertFalse(reply.complete(), connection);
        }
    }

    @Test
    void aClientOfHttp10GetsItPlain() throws Exception {
        int port = serve("Content-Type: text/html\r\n", PAGE);
        try (RawHttp http = new RawHttp(port)) {
            Reply reply = http.write("GET /x.php HTTP/1.0\r\nAccept-Encoding: gzip\r\nTE: gzip\r\n\r\n").read();
            assertNull(reply.header("Content-Encoding"));
            assertEquals(PAGE, reply.body());
        }
    }

    @Test
    void aTransferCodingIsNotOffered() throws Exception {
        Reply reply = RawHttp.get(serve("Content-Type: text/html\r\n", body(100_000)), "/x.php", "TE: gzip", "Connection: TE");
        assertEquals("chunked", reply.header("Transfer-Encoding"));
        assertEquals(body(100_000), reply.body());
    }

    @Test
    void aCompressedUploadReachesPhpAsItCame() throws Exception {
        int port = serve("Content-Type: text/html\r\n", PAGE);
        String upload = "\u001f not unpacked, nor looked at";
        RawHttp.post(port, "/x.php", upload, "Content-Encoding: gzip", "Content-Type: text/plain", "Accept-Encoding: gzip");
        assertEquals(upload, new String(fpm.requests().get(0).body(), "UTF-8"));
        assertEquals(String.valueOf(upload.length()), fpm.requests().get(0).params().get("CONTENT_LENGTH"));
        assertEquals("gzip", fpm.requests().get(0).params().get("HTTP_CONTENT_ENCODING"));
    }

    @Test
    void plainFilesAreCompressedToo() throws Exception {
        Trees.write(root, "small.css", PAGE);
        Trees.write(root, "large.txt", body(3_000_000));
        Trees.write(root, "font.woff2", PAGE);
        int port = serve("", "");
        for (String name : new String[] {"small.css", "large.txt"}) {
            Reply reply = RawHttp.get(port, "/" + name, "Accept-Encoding: gzip");
            assertEquals(RawHttp.get(port, "/" + name).body(), Decoded.text("gzip", reply.body()));
            assertNull(reply.header("Accept-Ranges"), "a part of it cannot be asked for");
            assertTrue(reply.header("ETag").endsWith("--gzip\""), reply.header("ETag"));
            Reply known = RawHttp.get(port, "/" + name, "Accept-Encoding: gzip", "If-None-Match: " + reply.header("ETag"));
            assertEquals(304, known.status());
            assertEquals(reply.header("ETag"), known.header("ETag"));
        }
        assertNotNull(RawHttp.get(port, "/font.woff2", "Accept-Encoding: gzip").header("Accept-Ranges"));
    }

    @Test
    void aCompressedSiblingAndAPartOfAFileAreSentAsTheyAre() throws Exception {
        Trees.write(root, "site.css", PAGE);
        Trees.write(root, "site.css.gz", PAGE);
        int port = serve("", "");
        assertEquals(PAGE, RawHttp.get(port, "/site.css", "Accept-Encoding: gzip").body());
        Trees.write(root, "other.css", PAGE);
        Reply part = RawHttp.get(port, "/other.css", "Accept-Encoding: gzip", "Range: bytes=0-999");
        assertEquals(206, part.status());
        assertEquals(PAGE.substring(0, 1000), part.body());
        assertNull(part.header("Content-Encoding"));
    }
}
