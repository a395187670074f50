package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no scripts, whoever sends them: a default servlet or the filter. */
interface PlainFiles extends Started {

    List<String> DENIED = List.of("/dump.sql", "/composer.json", "/vendor/lib/run.php", "/config.inc", "/style.css~", "/style.css.bak",
            "/debug.log", "/settings.ini", "/.htpasswd");

    int LARGE = 32 * 1024 * 1024;

    @ParameterizedTest
    @FieldSource("org.jettyphp.acceptance.PlainFiles#DENIED")
    default void someFilesAreForNobody(String path) throws Exception {
        Reply reply = get(path);
        assertEquals(404, reply.status());
        assertFalse(reply.body().contains("SECRET"), reply.body());
    }

    @Test
    default void scriptsDoNotRunWhereNothingMay() throws Exception {
        Reply reply = get("/uploads/evil.php");
        assertEquals(403, reply.status());
        assertFalse(reply.body().contains("EVIL"), reply.body());
        assertTrue(plain().log().contains("(noExec)"), "the log says why");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/style.css", "/linked.css"})
    default void whatAClientHasIsNotSentAgain(String path) throws Exception {
        Reply first = get(path);
        assertEquals("body { color: red }", first.body());
        assertEquals("max-age=60", first.header("Cache-Control"));
        assertTrue(String.valueOf(first.header("Content-Type")).startsWith("text/css"), first.text());
        String modified = first.header("Last-Modified");
        assertNotNull(modified);
        assertEquals(304, get(path, "If-Modified-Since: " + modified).status());
        String tag = first.header("ETag");
        // Jetty's default servlet makes none unless told to.
        assertTrue(tag == null || get(path, "If-None-Match: " + tag).status() == 304);
        assertEquals(200, get(path, "If-None-Match: \"other\"", "If-Modified-Since: " + modified).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/style.css", "/linked.css"})
    default void aPartCanBeAskedFor(String path) throws Exception {
        Reply part = get(path, "Range: bytes=5-10");
        assertEquals(206, part.status());
        assertEquals("{ colo", part.body());
        assertEquals("bytes 5-10/19", part.header("Content-Range"));
        assertEquals("d }", get(path, "Range: bytes=-3").body());
        assertEquals("d }", get(path, "Range: bytes=16-").body());
        assertEquals(416, get(path, "Range: bytes=19-").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/style.css", "/linked.css"})
    default void headHasTheHeadersAlone(String path) throws Exception {
        try (RawHttp http = new RawHttp(plain().port())) {
            Reply reply = http.send("HEAD", plain().contextPath() + path, "").read(true);
            assertEquals("19", reply.header("Content-Length"));
            assertEquals(200, http.send("GET", plain().contextPath() + path, "").read().status());
        }
    }

    @Test
    default void linksAreFollowedIntoAllowedRoots() throws Exception {
        Reply reply = get("/shared/lib.js");
        assertEquals("let shared = true;", reply.body());
        assertNull(reply.header("Cache-Control"), "no rule means it");
    }

    /** What is missing is not made up, and the message does not look whole. */
    @Test
    default void aFileThatIsCutWhileItIsSentLooksBrokenOff() throws Exception {
        Path file = large("cut.bin");
        Reply reply = getWhile("/shared/cut.bin", () -> {
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.setLength(1);
            }
        });
        assertFalse(reply.complete());
        assertTrue(reply.body().length() < LARGE, reply.body().length() + " bytes");
    }

    @Test
    default void aFileThatVanishesWhileItIsSentArrivesWhole() throws Exception {
        Path file = large("gone.bin");
        Reply reply = getWhile("/shared/gone.bin", () -> Files.delete(file));
        assertTrue(reply.complete());
        assertEquals(LARGE, reply.body().length());
        assertEquals(404, get("/shared/gone.bin").status());
    }

    /** Its length has been told. */
    @Test
    default void ofAFileThatGrowsWhileItIsSentAsMuchArrivesAsThereWas() throws Exception {
        Path file = large("grown.bin");
        Reply reply = getWhile("/shared/grown.bin", () -> Files.write(file, new byte[LARGE], StandardOpenOption.APPEND));
        assertTrue(reply.complete());
        assertEquals(LARGE, reply.body().length());
    }

    @Test
    default void aFileThatIsReplacedWhileItIsSentIsTheOldOneThroughout() throws Exception {
        large("replaced.bin");
        Path next = scratch().resolve("next.bin");
        Files.write(next, "x".repeat(LARGE).getBytes(StandardCharsets.US_ASCII));
        Reply reply = getWhile("/shared/replaced.bin",
                () -> Files.move(next, scratch().resolve("share/replaced.bin"), StandardCopyOption.REPLACE_EXISTING));
        assertTrue(reply.complete());
        assertEquals(-1, reply.body().indexOf('x'));
        assertEquals('x', get("/shared/replaced.bin", "Range: bytes=0-0").body().charAt(0));
    }

    /** In a directory that a link of the application leads to; it fits no buffer of a socket. */
    private Path large(String name) throws Exception {
        Path file = scratch().resolve("share").resolve(name);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(LARGE);
        }
        return file;
    }

    /** The answer, and what becomes of the file when its first bytes have come. */
    private Reply getWhile(String path, Change change) throws Exception {
        AtomicBoolean changed = new AtomicBoolean();
        try (RawHttp http = new RawHttp(plain().port(), 16 * 1024)) {
            http.watchedBy(size -> {
                if (!changed.getAndSet(true)) {
                    change.happen();
                }
            });
            return http.send("GET", plain().contextPath() + path, "").read();
        }
    }

    /** What becomes of a file. */
    interface Change {
        void happen() throws IOException;
    }
}
