package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.junit.jupiter.api.Test;

/** What happens when something goes wrong. */
interface Failures extends Started {

    @Test
    default void aTruncatedAnswerLooksTruncatedAlsoWhereTheConnectionIsToBeClosed() throws Exception {
        Reply whole = get("/big.php?kb=100", "Connection: close");
        assertEquals(100 * 1024, whole.body().length());
        assertTrue(whole.complete());
        Reply reply = get("/die-mid-body.php", "Connection: close");
        assertEquals("chunked", reply.header("Transfer-Encoding"));
        assertFalse(reply.complete());
    }

    @Test
    default void aWorkerThatDiesInTheMiddleAbortsTheMessage() throws Exception {
        Reply reply = get("/die-mid-body.php");
        assertFalse(reply.complete(),
                "a truncated answer must not look complete: " + reply.status() + ", " + reply.body().length() + " bytes");
        assertEquals("Hello, World!", get("/hello.php").body());
    }

    @Test
    default void aPostIsExecutedOnceEvenIfItsWorkerDies() throws Exception {
        Path count = countedIn();
        assertEquals(502, post("/die-at-once.php?count=" + count, "x=1").status());
        assertEquals(1, Files.size(count));
        assertTrue(plain().log().contains("the worker died or was ended"));
    }

    /** 502 and not 504: the loss is noticed when it happens, not when the limit is reached. */
    @Test
    default void aGetIsTriedOnceMoreWhenItsWorkerDiesBeforeTheFirstByte() throws Exception {
        Path count = countedIn();
        assertEquals(502, get("/die-at-once.php?count=" + count).status());
        assertEquals(2, Files.size(count));
    }

    private Path countedIn() throws Exception {
        Path count = Files.createFile(scratch().resolve("count-" + System.nanoTime()));
        return Files.setPosixFilePermissions(count, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    @Test
    default void aSilentScriptIs504AndItsPageShowsNoInternals() throws Exception {
        Reply reply = get("/sleep.php?ms=3000");
        assertEquals(504, reply.status());
        assertTrue(plain().log().contains("1500 ms, the limit (responseTimeout)"));
        assertFalse(
                reply.body().contains(fpm().target()) || reply.body().contains("Exception") || reply.body().contains(scratch().toString()),
                reply.body());
    }

    @Test
    default void aThousandRequestsOnFourWorkersAllSucceed() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(50);
        try {
            List<Future<Integer>> failed = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                boolean posts = i % 2 == 0;
                failed.add(clients.submit(() -> failures(posts)));
            }
            for (Future<Integer> future : failed) {
                assertEquals(0, future.get());
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private int failures(boolean posts) throws Exception {
        int failures = 0;
        try (RawHttp http = new RawHttp(plain().port())) {
            for (int i = 0; i < 20; i++) {
                Reply reply = posts ? http.send("POST", plain().contextPath() + "/body.php", "body " + i).read()
                        : http.send("GET", plain().contextPath() + "/big.php?kb=" + i * 3, "").read();
                boolean right = posts ? reply.body().startsWith(("body " + i).length() + " ") : reply.body().length() == i * 3 * 1024;
                failures += reply.status() == 200 && reply.complete() && right ? 0 : 1;
            }
        }
        return failures;
    }

    @Test
    default void aRestartOfPhpFpmFailsNoRequest() throws Exception {
        assertEquals("Hello, World!", get("/hello.php").body());
        fpm().stop();
        try (RawHttp gets = new RawHttp(plain().port()); RawHttp posts = new RawHttp(plain().port())) {
            gets.send("GET", plain().contextPath() + "/hello.php", "");
            posts.send("POST", plain().contextPath() + "/body.php", "x=1");
            fpm().start();
            assertEquals("Hello, World!", gets.read().body());
            assertTrue(posts.read().body().startsWith("3 "));
        }
    }
}
