package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RawHttp2;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PHP names, sent in the place of its body. */
interface SentFiles extends Started {

    /** Files of {@code private}, which is in {@code sendfileRoots} and behind {@code /protected}. */
    static void write(Path root) throws Exception {
        Trees.write(root, "private/report.txt", "0123456789");
        Trees.write(root, "private/report.txt.gz", "not this one");
        Trees.write(root, "private/upload.php", "<?php echo 'SOURCE';");
        Trees.write(root, "private/large.bin", "0123456789abcdef".repeat(200_000));
        Trees.write(root, "elsewhere/secret.txt", "SECRET");
    }

    private String naming(String header, String value) {
        return "/send.php?" + header + "=" + value + "&Content-Type=application/x-report&Content-Disposition=attachment";
    }

    private String byPath(String name) {
        return naming("X-Sendfile", scratch().resolve(name).toString());
    }

    private Reply ask(String method, String path, String... headers) throws Exception {
        try (RawHttp http = new RawHttp(plain().port())) {
            return http.send(method, plain().contextPath() + path, "", headers).read(method.equals("HEAD"));
        }
    }

    private void assertReport(Reply reply) throws Exception {
        assertEquals(200, reply.status(), plain().log());
        assertEquals("0123456789", reply.body());
        assertEquals("10", reply.header("Content-Length"));
        assertTrue(reply.header("Content-Type").startsWith("application/x-report"), reply.headers().toString());
        assertEquals(1, reply.all("Content-Type").size());
        assertEquals("attachment", reply.header("Content-Disposition"));
        assertTrue(reply.header("Set-Cookie").startsWith("seen=1"), reply.headers().toString());
        assertNotNull(reply.header("ETag"));
        assertNull(reply.header("X-Sendfile"));
        assertNull(reply.header("X-Accel-Redirect"));
        assertNull(reply.header("X-LiteSpeed-Location"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Accel-Redirect", "x-accel-redirect", "X-LiteSpeed-Location"})
    default void theUrlOfAnInternalLocationIsAFileWithPhpsHead(String header) throws Exception {
        assertReport(get(naming(header, "/protected/report.txt"), "Accept-Encoding: gzip"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    default void aPathBelowTheRootsIsAFileWithPhpsHead(String method) throws Exception {
        assertReport(ask(method, byPath("private/report.txt")));
    }

    @Test
    default void aFileThatPhpNamesHasRangesAndConditions() throws Exception {
        String path = byPath("private/report.txt");
        Reply part = get(path, "Range: bytes=2-4");
        assertEquals(206, part.status());
        assertEquals("234", part.body());
        assertEquals("bytes 2-4/10", part.header("Content-Range"));
        assertEquals(416, get(path, "Range: bytes=10-").status());
        Reply whole = get(path);
        assertEquals(304, get(path, "If-None-Match: " + whole.header("ETag")).status());
        assertEquals(304, get(path, "If-Modified-Since: " + whole.header("Last-Modified")).status());
        assertEquals("0123456789", get(path, "Range: bytes=2-4", "If-Range: \"another\"").body());
        assertEquals("234", get(path, "Range: bytes=2-4", "If-Range: " + whole.header("Last-Modified")).body());
        Reply head = ask("HEAD", path);
        assertEquals("10", head.header("Content-Length"));
        assertEquals("attachment", head.header("Content-Disposition"));
    }

    @Test
    default void aLargeFileThatPhpNamesArrivesWhole() throws Exception {
        assertEquals("0123456789abcdef".repeat(200_000), get(byPath("private/large.bin")).body());
    }

    @Test
    default void aFileThatPhpNamesGoesOverHttp2() throws Exception {
        try (RawHttp2 client = new RawHttp2(plain().port())) {
            RawHttp2.Ending page = client.get(plain().contextPath() + naming("X-Accel-Redirect", "/protected/report.txt")).read();
            assertEquals("0123456789", page.body(), plain().log());
            assertTrue(page.clean());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"elsewhere/secret.txt", "private/upload.php", "private/missing.txt", "private",
            "private/../elsewhere/secret.txt"})
    default void whatPhpMustNotHaveSentIsMissing(String name) throws Exception {
        Reply reply = get(byPath(name));
        assertEquals(404, reply.status());
        assertFalse(reply.body().contains("SECRET") || reply.body().contains("SOURCE") || reply.body().contains("BODY"), reply.body());
        assertTrue(plain().log().contains("X-Sendfile names " + scratch().resolve(name)), "the log says which");
    }

    @Test
    default void anotherStatusThan200IsPhpsOwnAnswer() throws Exception {
        Reply reply = get("/send.php?Status=403&X-Sendfile=" + scratch().resolve("private/report.txt"));
        assertEquals(403, reply.status());
        assertEquals("BODY OF PHP", reply.body().strip());
        assertNull(reply.header("X-Sendfile"));
    }
}
