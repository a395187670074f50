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
import org.jettyphp.peers.Until;
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
        Path count = Files.createFile(scratch().resolve("count-" + System.nanoTime()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-")));
        Files.setPosixFilePermissions(count, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertEquals(502, post("/die-at-once.php?count=" + count, "x=1").status());
        assertEquals(1, Files.size(count));
        assertTrue(plain().log().contains("the worker died or was ended"));
    }

    @Test
    default void aSilentScriptIs504() throws Exception {
        assertEquals(504, get("/sleep.php?ms=6000").status());
        assertTrue(plain().log().contains("raise responseTimeout"));
    }

    @Test
    default void anErrorPageShowsNoInternals() throws Exception {
        Reply reply = get("/sleep.php?ms=6000");
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

    /** Runs with a php-fpm of its own way: the last one of the suite would miss it otherwise. */
    @Test
    default void aRestartOfPhpFpmFailsNoRequest() throws Exception {
        assertEquals("Hello, World!", get("/hello.php").body());
        fpm().stop();
        ExecutorService client = Executors.newSingleThreadExecutor();
        try {
            Future<Reply> waiting = client.submit(() -> get("/hello.php"));
            Until.true_("the request waits", () -> !waiting.isDone());
            fpm().start();
            assertEquals("Hello, World!", waiting.get().body());
        } finally {
            client.shutdownNow();
        }
    }
}
