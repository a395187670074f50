package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain files as the embedded server sends them. */
class DecidedFilesTest extends BehindFakeFpm {

    private int serve(String... settings) throws Exception {
        return serve((request, wire) -> wire.stdout(HEAD + "php").end(0), settings);
    }

    @ParameterizedTest
    @CsvSource(value = {"br, br", "gzip, gzip", "zstd, zstd", "'gzip, br', br", "'br;q=0, gzip', gzip", "identity, -",
            "deflate, -"}, nullValues = "-")
    void aCompressedSiblingIsSentToWhoeverTakesIt(String accepted, String sent) throws Exception {
        Trees.write(root, "site.css", "plain");
        Trees.write(root, "site.css.br", "br");
        Trees.write(root, "site.css.zst", "zstd");
        Trees.write(root, "site.css.gz", "gzip");
        Reply reply = RawHttp.get(serve(), "/site.css", "Accept-Encoding: " + accepted);
        assertEquals(sent, reply.header("Content-Encoding"));
        assertEquals(sent == null ? "plain" : sent, reply.body());
        assertTrue(reply.header("Content-Type").startsWith("text/css"), reply.text());
        assertEquals("Accept-Encoding", reply.header("Vary"));
    }

    @ParameterizedTest
    @CsvSource({"report.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document", "film.webm, video/webm",
            "SONG.FLAC, audio/flac", "list.m3u8, application/vnd.apple.mpegurl", "part.ts, video/mp2t", "feed.rss, application/rss+xml",
            "subtitles.vtt, text/vtt", "a.7z, application/x-7z-compressed", "app.webmanifest, application/manifest+json",
            "picture.png, image/png", "style.css, text/css"})
    void aFileHasTheTypeThatOtherServersGiveIt(String name, String type) throws Exception {
        Trees.write(root, name, "content");
        assertEquals(type, RawHttp.get(serve(), "/" + name).header("Content-Type"));
    }

    @Test
    void compressedSiblingsCanBeLeftAlone() throws Exception {
        Trees.write(root, "site.css", "plain");
        Trees.write(root, "site.css.gz", "gzip");
        Reply reply = RawHttp.get(serve("precompressed", ""), "/site.css", "Accept-Encoding: gzip");
        assertEquals("plain", reply.body());
        assertNull(reply.header("Content-Encoding"));
    }

    /** A link in the place of the sibling would be followed by whoever resolves its name. */
    @ParameterizedTest
    @ValueSource(strings = {"x.php", ".env", "../outside.txt"})
    void noLinkStandsInForACompressedSibling(String target) throws Exception {
        Trees.write(root, "site.css", "plain");
        Trees.write(root, "x.php", "SECRET");
        Trees.write(root, ".env", "SECRET");
        Path outside = root.resolveSibling("outside.txt");
        try {
            Files.writeString(outside, "SECRET");
            Files.createSymbolicLink(root.resolve("site.css.gz"), Path.of(target));
            Reply reply = RawHttp.get(serve(), "/site.css", "Accept-Encoding: gzip");
            assertEquals("plain", reply.body());
            assertFalse(RawHttp.get(server.port(), "/site.css.gz").body().contains("SECRET"));
        } finally {
            Files.delete(outside);
        }
    }

    /** Whoever may write in the document root, and make a link there, must not have this process read for him what only it may read. */
    @Test
    void aLineFeedInARealNameIsAPartOfIt() throws Exception {
        Path outside = Files.writeString(root.resolveSibling("outside.txt"), "SECRET");
        try {
            Path named = root.toRealPath().resolve("a\n" + outside.toRealPath());
            Files.createDirectories(named.getParent());
            Files.writeString(named, "own");
            Files.createSymbolicLink(root.resolve("link.txt"), named);
            Reply reply = RawHttp.get(serve(), "/link.txt");
            assertEquals("own", reply.body());
            assertEquals("text/plain", reply.header("Content-Type"));
        } finally {
            Files.delete(outside);
        }
    }

    @Test
    void aFileThatWasReplacedIsSentAsItIsNow() throws Exception {
        Trees.write(root, "a.txt", "old");
        int port = serve();
        assertEquals("old", RawHttp.get(port, "/a.txt").body());
        Trees.write(root, "next", "new");
        Files.move(root.resolve("next"), root.resolve("a.txt"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertEquals("new", RawHttp.get(port, "/a.txt").body());
        Files.delete(root.resolve("a.txt"));
        assertEquals(404, RawHttp.get(port, "/a.txt").status());
    }

    @ParameterizedTest
    @CsvSource({"a%20b.txt, a b.txt", "100%25.txt, 100%.txt", "semi%3Bcolon.txt, semi;colon.txt", "p%C3%A4ge.txt, päge.txt",
            "a%2Bb%26c.txt, a+b&c.txt", "%23hash.txt, #hash.txt", "q%3Fm.txt, q?m.txt", "~user.txt, ~user.txt"})
    void anyNameCanBeSent(String url, String name) throws Exception {
        Trees.write(root, name, "text of " + name);
        int port = serve();
        for (int i = 0; i < 2; i++) {
            assertEquals("text of " + name, RawHttp.get(port, "/" + url).text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lines=1-2", "nothing", "bytes 0-1", ""})
    void aRangeInAnotherUnitIsIgnored(String range) throws Exception {
        Trees.write(root, "a.txt", "0123456789");
        Reply reply = RawHttp.get(serve(), "/a.txt", "Range: " + range);
        assertEquals(200, reply.status());
        assertEquals("0123456789", reply.body());
    }

    /** A download that goes on must not get a part of another file. */
    @Test
    void aRangeCountsOnlyForWhoeverHasTheSameFile() throws Exception {
        Trees.write(root, "a.txt", "0123456789");
        int port = serve();
        String modified = RawHttp.get(port, "/a.txt").header("Last-Modified");
        assertEquals("01", RawHttp.get(port, "/a.txt", "Range: bytes=0-1", "If-Range: " + modified).body());
        assertEquals("0123456789", RawHttp.get(port, "/a.txt", "Range: bytes=0-1", "If-Range: \"other\"").body());
        assertEquals("0123456789",
                RawHttp.get(port, "/a.txt", "Range: bytes=0-1", "If-Range: Mon, 01 Jan 2024 00:00:00 GMT").body());
    }

    @Test
    void severalPartsCanBeAskedFor() throws Exception {
        Trees.write(root, "a.txt", "0123456789");
        Reply reply = RawHttp.get(serve(), "/a.txt", "Range: bytes=0-1,8-9");
        assertEquals(206, reply.status());
        assertTrue(reply.header("Content-Type").startsWith("multipart/byteranges"), reply.text());
        assertTrue(reply.body().contains("bytes 0-1/10") && reply.body().contains("bytes 8-9/10"), reply.body());
    }

    @Test
    void aLargeFileAndAPartOfItArriveWhole() throws Exception {
        String body = "0123456789abcdef".repeat(200_000);
        Trees.write(root, "large.bin", body);
        int port = serve();
        assertEquals(body, RawHttp.get(port, "/large.bin").body());
        assertEquals(body.substring(1_000_000, 2_000_000), RawHttp.get(port, "/large.bin", "Range: bytes=1000000-1999999").body());
    }

    @Test
    void aDirectoryIsNotListed() throws Exception {
        Trees.write(root, "dir/a.txt", "x");
        assertEquals(403, RawHttp.get(serve(), "/dir/").status(), "as nginx and Apache do");
    }

    @Test
    void theIndexOfADirectoryIsSentForIt() throws Exception {
        Trees.write(root, "dir/index.html", "index");
        Reply reply = RawHttp.get(serve("cacheControl./dir", "no-cache"), "/dir/");
        assertEquals("index", reply.body());
        assertEquals("no-cache", reply.header("Cache-Control"));
    }

    /** The server has been started on it, and that is where its default servlet would look for what the new one has not. */
    @Test
    void aFileOfTheReleaseBeforeADeployIsGone() throws Exception {
        Trees.write(root, "one/old.txt", "old");
        Trees.write(root, "one/only/x.txt", "old");
        Files.createSymbolicLink(root.resolve("one/passwd.txt"), Path.of("/etc/passwd"));
        Trees.write(root, "two/new.txt", "new");
        Path link = Files.createSymbolicLink(root.resolve("current"), Path.of("one"));
        int port = start(PhpServer.serving(link).target("127.0.0.1:1").set("accessLog", "off"));
        assertEquals("old", RawHttp.get(port, "/old.txt").body());
        Files.createSymbolicLink(link.resolveSibling("next"), Path.of("two"));
        Files.move(link.resolveSibling("next"), link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertEquals("new", RawHttp.get(port, "/new.txt").body());
        for (String gone : new String[] {"/old.txt", "/only", "/only/", "/only/x.txt", "/passwd.txt"}) {
            assertEquals(404, RawHttp.get(port, gone).status(), gone);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "PROPFIND"})
    void whatIsMissingIsMissingForEveryMethod(String method) throws Exception {
        int port = serve();
        for (String path : new String[] {"/missing.txt", "/missing", "/missing/"}) {
            try (RawHttp http = new RawHttp(port)) {
                assertEquals(404, http.send(method, path, "").read(method.equals("HEAD")).status(), path);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "PROPFIND", "get"})
    void whatCannotBeDoneToAFileIsToldWithWhatCan(String method) throws Exception {
        Trees.write(root, "a.txt", "content");
        try (RawHttp http = new RawHttp(serve())) {
            Reply reply = http.send(method, "/a.txt", "").read();
            assertEquals(405, reply.status());
            assertEquals("GET, HEAD, OPTIONS", reply.header("Allow"));
        }
    }

    /** RFC 9110, sections 13.1.1 and 13.1.2. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void anyVersionIsThisOneToo(String method) throws Exception {
        Trees.write(root, "a.txt", "content");
        Trees.write(root, "a.txt.gz", "compressed");
        int port = serve();
        String tag = RawHttp.get(port, "/a.txt").header("ETag");
        for (String more : new String[] {"X-None: 1", "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT", "Range: bytes=0-1"}) {
            try (RawHttp http = new RawHttp(port)) {
                Reply known = http.send(method, "/a.txt", "", "If-None-Match: *", more).read(true);
                assertEquals("304 " + tag, known.status() + " " + known.header("ETag"), more);
                assertEquals(304, http.send(method, "/a.txt", "", "If-None-Match: *", "Accept-Encoding: gzip", more).read(true).status());
                assertEquals(200, http.send(method, "/a.txt", "", "If-Match: *").read(method.equals("HEAD")).status());
            }
        }
    }

    /** Who may write in the document root, PHP first of all, may not read with the rights of the server: root's, say. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000})
    void aFileThatIsSwappedForALinkAllTheTimeLeadsNowhere(int size) throws Exception {
        Path outside = Trees.create();
        Trees.write(outside, "a.txt", "S".repeat(size));
        Trees.write(root, "dir/a.txt", "c".repeat(size));
        int port = serve();
        AtomicBoolean enough = new AtomicBoolean();
        Thread swapping = new Thread(() -> swap(outside, "c".repeat(size), enough));
        swapping.start();
        try {
            for (int i = 0; i < 3_000; i++) {
                String body = RawHttp.get(port, i % 2 == 0 ? "/a.txt" : "/dir/a.txt").body();
                assertFalse(body.contains("SSS"), "request " + i);
            }
            assertTrue(swapping.isAlive());
        } finally {
            enough.set(true);
            swapping.join();
            Trees.delete(outside);
        }
    }

    private void swap(Path outside, String content, AtomicBoolean enough) {
        try {
            while (!enough.get()) {
                Trees.write(root, "next", content);
                Files.move(root.resolve("next"), root.resolve("a.txt"), StandardCopyOption.ATOMIC_MOVE);
                Files.move(root.resolve("dir"), root.resolve("away"));
                Files.createSymbolicLink(root.resolve("dir"), outside);
                Files.createSymbolicLink(root.resolve("next"), outside.resolve("a.txt"));
                Files.move(root.resolve("next"), root.resolve("a.txt"), StandardCopyOption.ATOMIC_MOVE);
                Files.delete(root.resolve("dir"));
                Files.move(root.resolve("away"), root.resolve("dir"));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
