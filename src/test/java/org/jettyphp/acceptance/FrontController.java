package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.junit.jupiter.api.Test;

/** A fallback, over TCP and with kept connections. */
interface FrontController extends Started {

    private Reply ask(String path) throws Exception {
        return RawHttp.get(front().port(), front().contextPath() + path);
    }

    @Test
    default void whatIsNoFileGoesToTheFrontController() throws Exception {
        String base = front().contextPath();
        assertEquals("front " + base + "/articles/one?x=1 " + base + "/front.php - x=1", ask("/articles/one?x=1").body());
        assertTrue(ask("/missing.php").body().startsWith("front "));
        assertTrue(ask("/uploads/evil.jpg/x.php").body().startsWith("front "));
    }

    @Test
    default void filesAndDirectoriesWinOverTheFrontController() throws Exception {
        assertEquals("static text", ask("/static.txt").body().strip());
        assertEquals("Hello, World!", ask("/hello.php").body());
        assertEquals("index of root", ask("/").body());
    }

    @Test
    default void keptConnectionsServeManyRequests() throws Exception {
        try (RawHttp http = new RawHttp(front().port())) {
            for (int i = 0; i < 200; i++) {
                assertEquals("Hello, World!", http.send("GET", front().contextPath() + "/hello.php", "").read().body());
                if (i % 10 == 0) {
                    assertTrue(http.send("POST", front().contextPath() + "/body.php", "x".repeat(i)).read().body().startsWith(i + " "));
                }
            }
        }
    }

    @Test
    default void aBodyOverPostMaxSizeIsExplainedInTheLog() throws Exception {
        Reply reply = RawHttp.post(front().port(), front().contextPath() + "/form.php", "a=" + "x".repeat(2_000_000),
                "Content-Type: application/x-www-form-urlencoded");
        assertEquals(200, reply.status());
        assertTrue(front().log().contains("Raise post_max_size and upload_max_filesize to maxRequestBody"),
                "the log explains: " + front().log());
    }

    @Test
    default void overTcpAnswersAndUploadsOfAnySizeArriveWhole() throws Exception {
        assertEquals(3000 * 1024, ask("/big.php?kb=3000").body().length());
        Reply reply = RawHttp.post(front().port(), front().contextPath() + "/body.php", "u".repeat(3_000_000));
        assertTrue(reply.body().startsWith("3000000 "), reply.body());
    }

    @Test
    default void overTcpWhatPhpFlushesArrivesBeforeTheScriptEnds() throws Exception {
        assertFlushedOutputArrives(front());
    }

    @Test
    default void overTcpAWorkerThatDiesInTheMiddleAbortsTheMessageAndTheNextAnswerIsItsOwn() throws Exception {
        Reply reply = ask("/die-mid-body.php");
        assertFalse(reply.complete(), reply.status() + " " + reply.body().length());
        assertEquals("Hello, World!", ask("/hello.php").body());
    }

    /** The exchange ends while the worker runs on: with a kept connection the next request on it waits, the answer does not. */
    @Test
    default void withKeptConnectionsAnAnswerDoesNotWaitForWhatPhpDoesAfterItEither() throws Exception {
        Path until = scratch().resolve("go-on-" + System.nanoTime());
        assertEquals("answered", ask("/finish.php?until=" + until).body());
        Files.createFile(until);
        for (int i = 0; i < 8; i++) {
            assertEquals("Hello, World!", ask("/hello.php").body());
        }
    }
}
