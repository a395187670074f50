package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;

/** Clients who are slow or leave, in every container; bodyTimeout and sendTimeout are 1 s. */
interface Impatience extends Started {

    /** More than the buffers of any socket take. */
    int KILOBYTES = 40_000;

    /** Tomcat closes the connection. */
    int NO_ANSWER = 0;

    private RawHttp toFront() throws Exception {
        return new RawHttp(front().port());
    }

    private String path(String path) {
        return front().contextPath() + path;
    }

    @Test
    default void anUploadThatStopsIs408() throws Exception {
        try (RawHttp client = toFront()) {
            client.write("POST " + path("/body.php") + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n0123456789");
            assertEquals(408, client.read().status());
        }
        assertTrue(front().log().contains("after 10 of 100 bytes"), front().log());
    }

    @Test
    default void aBrokenChunkIs400AndPhpNeverRuns() throws Exception {
        try (RawHttp client = toFront()) {
            client.write("POST " + path("/body.php") + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n");
            int status = client.read().status();
            assertTrue(status == 400 || status == NO_ANSWER, "status " + status);
        }
    }

    @Test
    default void whoReadsNothingForTooLongIsCutOffAndItsWorkerWasFreeLongBefore() throws Exception {
        try (RawHttp client = toFront()) {
            client.send("GET", path("/big.php?kb=" + KILOBYTES + "&slow"), "");
            for (int i = 0; i < 8; i++) {
                assertEquals("Hello, World!", RawHttp.get(front().port(), path("/hello.php")).body(), "there are 4 workers");
            }
            Until.true_("it is given up", () -> front().log().contains("the limit is sendTimeout=1s"));
            Reply reply = client.read();
            assertFalse(reply.complete(),
                    "the message must look aborted: " + reply.status() + reply.headers() + " " + reply.body().length());
        }
    }

    @Test
    default void whoLeavesAnAnswerIsNoticedAtTheNextWriteAtTheLatest() throws Exception {
        try (RawHttp client = toFront()) {
            client.send("GET", path("/big.php?kb=" + KILOBYTES + "&left"), "").readHead();
        }
        Until.true_("it is noticed", () -> front().log().contains("499 GET " + path("/big.php?kb=" + KILOBYTES + "&left")));
    }
}
