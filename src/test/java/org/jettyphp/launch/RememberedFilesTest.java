package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With an application that counts how often it is asked. */
class RememberedFilesTest {

    private static final String URL = "/a.css";

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong now = new AtomicLong(-1);
    private final Server server = new Server();
    private final LocalConnector connector = new LocalConnector(server);
    private Path root;
    private Path file;
    private boolean sameForAll = true;
    private int status = 200;
    private int pieces = 1;

    @BeforeEach
    void start() throws Exception {
        root = Trees.create();
        file = Trees.write(root, "a.css", "content");
        server.addConnector(connector);
        server.setHandler(new RememberedFiles(new Application(), now::get));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        Trees.delete(root);
    }

    private final class Application extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            asked.incrementAndGet();
            if (sameForAll && request.getAttribute(RememberedFiles.WANTED) != null) {
                request.setAttribute(RememberedFiles.SOURCE, RememberedFiles.Source.of(file, file.toRealPath()));
            }
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.ETAG, "\"tag\"");
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            byte[] content = Files.readAllBytes(file);
            if (status == 304) {
                response.write(true, ByteBuffer.allocate(0), callback);
                return true;
            }
            for (int i = 0; i < pieces - 1; i++) {
                Content.Sink.write(response, false, ByteBuffer.wrap(content));
            }
            response.write(true, ByteBuffer.wrap(content), callback);
            return true;
        }
    }

    private String ask(String... fields) throws Exception {
        return line("GET", URL, "1.1", fields);
    }

    private String line(String method, String url, String version, String... fields) throws Exception {
        String all = String.join("", Arrays.stream(fields).map(field -> field + "\r\n").toList());
        return connector.getResponse(method + " " + url + " HTTP/" + version + "\r\nHost: a\r\n" + all + "\r\n");
    }

    @Test
    void anAnswerIsGivenOnceMore() throws Exception {
        String first = ask();
        String again = ask();
        assertEquals(1, asked.get());
        assertTrue(again.startsWith("HTTP/1.1 200 OK") && again.endsWith("\r\n\r\ncontent"), again);
        assertTrue(again.contains("ETag: \"tag\"") && again.contains("Content-Length: 7"), again);
        assertTrue(first.contains("Connection: close"), first);
        assertFalse(again.contains("Connection"), "what is said of a connection is not said of the next one: " + again);
    }

    @Test
    void soIsOneThatCameInPieces() throws Exception {
        pieces = 3;
        ask();
        assertTrue(ask().endsWith("\r\n\r\ncontentcontentcontent"));
        assertEquals(1, asked.get());
    }

    @Test
    void soIsThatItHasNotBeenModified() throws Exception {
        status = 304;
        ask("If-None-Match: \"tag\"");
        assertTrue(ask("If-None-Match: \"tag\"").startsWith("HTTP/1.1 304"));
        assertEquals(1, asked.get());
        status = 200;
        assertTrue(ask().startsWith("HTTP/1.1 200"));
    }

    @Test
    void soIsAPart() throws Exception {
        status = 206;
        ask("Range: bytes=0-9");
        assertTrue(ask("Range: bytes=0-9").startsWith("HTTP/1.1 206"));
        assertEquals(1, asked.get());
        ask("Range: bytes=0-8");
        assertEquals(2, asked.get());
    }

    @Test
    void itIsForgottenAfterASecond() throws Exception {
        ask();
        now.addAndGet(Duration.ofMillis(999).toNanos());
        ask();
        assertEquals(1, asked.get());
        now.addAndGet(Duration.ofMillis(1).toNanos());
        ask();
        assertEquals(2, asked.get());
    }

    @Test
    void aFileThatHasChangedIsAskedForAgain() throws Exception {
        ask();
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(file, "changed");
        Files.setLastModifiedTime(file, FileTime.from(before.toInstant().plusMillis(1)));
        assertTrue(ask().endsWith("changed"));
        Path next = Trees.write(root, "next.css", "another");
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        assertTrue(ask().endsWith("another"));
    }

    @Test
    void aNameThatLeadsElsewhereIsAskedForAgain() throws Exception {
        Path other = Trees.write(root, "other.css", "another");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Path first = Files.move(file, root.resolve("first.css"));
        Files.createSymbolicLink(file, first);
        assertTrue(ask().endsWith("content"));
        Files.delete(file);
        Files.createSymbolicLink(file, other);
        assertTrue(ask().endsWith("another"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept-Encoding: br", "If-None-Match: \"other\"", "If-Modified-Since: Fri, 27 Nov 2026 00:00:00 GMT",
            "Range: bytes=0-1", "If-Match: \"x\"", "If-Unmodified-Since: Fri, 27 Nov 2026 00:00:00 GMT", "If-Range: \"x\"",
            "Content-Length: 0", "Expect: 100-continue", "te: trailers", "Authorization: Basic eDp5",
            "If-None-Match: \"a\"\r\nIf-None-Match: \"b\""})
    void whatAsksForSomethingElseIsAnotherQuestion(String field) throws Exception {
        ask();
        ask(field);
        assertEquals(2, asked.get());
    }

    @Test
    void whatAFileDoesNotDependOnIsNone() throws Exception {
        ask("Cookie: a=1", "User-Agent: x");
        ask("Cookie: a=2", "Referer: http://a/");
        assertEquals(1, asked.get());
    }

    @Test
    void anotherHostOrQueryIsAnotherQuestion() throws Exception {
        ask();
        connector.getResponse("GET " + URL + " HTTP/1.1\r\nHost: b\r\n\r\n");
        line("GET", URL + "?v=2", "1.1");
        assertEquals(3, asked.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD /a.css 1.1", "POST /a.css 1.1", "GET /a.css 1.0", "GET /a.css/ 1.1", "GET /a.php 1.1", "GET /a 1.1"})
    void nothingElseIsRemembered(String request) throws Exception {
        String[] parts = request.split(" ");
        for (int i = 0; i < 2; i++) {
            line(parts[0], parts[1], parts[2]);
        }
        assertEquals(2, asked.get());
    }

    @Test
    void neitherIsWhatMoreThanTheUrlHasDecided() throws Exception {
        sameForAll = false;
        ask();
        ask();
        assertEquals(2, asked.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 416, 500, 302})
    void norAnotherStatus(int another) throws Exception {
        status = another;
        ask();
        ask();
        assertEquals(2, asked.get());
    }

    @Test
    void norALargeFile() throws Exception {
        Files.writeString(file, "x".repeat(RememberedFiles.LARGEST));
        assertTrue(ask().endsWith("x"));
        ask();
        assertEquals(1, asked.get());
        Files.writeString(file, "x".repeat(RememberedFiles.LARGEST + 1));
        ask();
        assertTrue(ask().endsWith("x"));
        assertEquals(3, asked.get());
    }

    @Test
    void itIsBounded() throws Exception {
        Files.writeString(file, "x".repeat(RememberedFiles.LARGEST));
        for (int i = 0; i < 300; i++) {
            line("GET", URL + "?" + i, "1.1");
        }
        line("GET", URL + "?0", "1.1");
        assertEquals(301, asked.get(), "the first ones were let go, 128 of this size are 16 MiB");
        line("GET", URL + "?299", "1.1");
        assertEquals(301, asked.get());
    }
}
