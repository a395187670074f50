package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;

/** Slots, queue, kept connections, and what is tried again. */
class WaitingTest extends BehindFakeFpm {

    @Test
    void neverMoreConnectionsThanSlotsAndNobodyFails() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int port = serve((request, wire) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            wire.stdout(HEAD + request.params().get("QUERY_STRING"));
            running.decrementAndGet();
            wire.end(0);
        }, "maxConnections", "2");
        AtomicInteger right = new AtomicInteger();
        Thread[] clients = new Thread[30];
        for (int i = 0; i < clients.length; i++) {
            String own = "n=" + i;
            clients[i] = new Thread(() -> {
                try {
                    for (int k = 0; k < 10; k++) {
                        right.addAndGet(RawHttp.get(port, "/x.php?" + own).body().equals(own) ? 1 : 0);
                    }
                } catch (Exception failed) {
                    failed.printStackTrace();
                }
            });
            clients[i].start();
        }
        for (Thread client : clients) {
            client.join();
        }
        assertEquals(300, right.get());
        assertTrue(most.get() <= 2, most.get() + " requests at once");
    }

    @Test
    void whoFindsTheQueueFullIsToldToComeAgain() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = serve((request, wire) -> {
            goOn.await();
            wire.stdout(HEAD + "ok").end(0);
        }, "maxConnections", "1", "queueSize", "1", "responseTimeout", "20s");
        // One runs, one waits, and one of them finds the queue full, whichever comes last.
        ExecutorService clients = Executors.newFixedThreadPool(3);
        List<Future<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            replies.add(clients.submit(() -> RawHttp.get(port, "/x.php")));
        }
        Until.true_("one is refused", () -> replies.stream().anyMatch(Future::isDone));
        goOn.countDown();
        List<Integer> statuses = new ArrayList<>();
        for (Future<Reply> reply : replies) {
            statuses.add(reply.get().status());
            assertEquals(reply.get().status() == 503 ? "2" : null, reply.get().header("Retry-After"));
        }
        clients.shutdown();
        assertEquals(List.of(200, 200, 503), statuses.stream().sorted().toList());
    }

    @Test
    void whoWaitsTooLongIsToldToComeAgain() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = serve((request, wire) -> {
            goOn.await();
            wire.stdout(HEAD + "ok").end(0);
        }, "maxConnections", "1", "queueTimeout", "200ms", "responseTimeout", "20s");
        try (RawHttp first = new RawHttp(port)) {
            first.send("GET", "/x.php", "");
            Until.true_("the first runs", () -> fpm.requests().size() == 1);
            Reply second = RawHttp.get(port, "/x.php");
            assertEquals(503, second.status());
            assertTrue(log.text().contains("no PHP worker was free within queueTimeout=200ms (busy 1 of 1"), log.text());
            goOn.countDown();
            assertEquals("ok", first.read().body());
        }
    }

    @Test
    void thousandsWhoAreRefusedDoNotFillTheLog() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = serve((request, wire) -> {
            goOn.await();
            wire.stdout(HEAD + "ok").end(0);
        }, "maxConnections", "1", "queueSize", "1", "responseTimeout", "20s");
        try (RawHttp first = new RawHttp(port); RawHttp second = new RawHttp(port)) {
            first.send("GET", "/x.php", "");
            second.send("GET", "/x.php", "");
            Until.true_("one runs and one waits", () -> fpm.requests().size() == 1 && waiting() == 1);
            long since = System.nanoTime();
            int refused = 0;
            while (log.text().lines().filter(line -> line.contains("the queue is full")).count() < 2) {
                assertEquals(503, RawHttp.get(port, "/x.php").status());
                refused++;
            }
            long seconds = Duration.ofNanos(System.nanoTime() - since).toSeconds();
            List<String> lines = log.text().lines().filter(line -> line.contains("the queue is full")).toList();
            assertTrue(lines.size() <= 1 + seconds, lines.size() + " lines in " + seconds + " s");
            assertTrue(lines.get(1).endsWith("; so have " + (refused - 2) + " more since the last such line"), lines.get(1));
            goOn.countDown();
            assertEquals("ok", first.read().body());
        }
    }

    @Test
    void whoHasEnoughRunningLeavesTheOtherSlotsToOtherClients() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = serve((request, wire) -> {
            goOn.await();
            wire.stdout(HEAD + request.params().get("REMOTE_ADDR")).end(0);
        }, "maxConnections", "2", "maxPerClient", "1", "responseTimeout", "20s");
        try (RawHttp first = RawHttp.from("127.0.0.1", port);
                RawHttp again = RawHttp.from("127.0.0.1", port);
                RawHttp other = RawHttp.from("127.0.0.2", port)) {
            first.send("GET", "/x.php", "");
            Until.true_("the first runs", () -> fpm.requests().size() == 1);
            again.send("GET", "/x.php", "");
            Until.true_("the second waits, although a slot is free", () -> waiting() == 1);
            other.send("GET", "/x.php", "");
            Until.true_("somebody else runs", () -> fpm.requests().size() == 2);
            assertEquals("127.0.0.2", fpm.requests().get(1).params().get("REMOTE_ADDR"));
            assertEquals(1, waiting());
            goOn.countDown();
            for (RawHttp client : List.of(first, again, other)) {
                assertEquals(200, client.read().status());
            }
        }
    }

    @Test
    void aGetIsTriedAgainOnceAndAPostNever() throws Exception {
        int port = serve((request, wire) -> wire.close());
        assertEquals(502, RawHttp.get(port, "/x.php").status());
        assertEquals(2, fpm.requests().size());
        assertEquals(502, RawHttp.post(port, "/x.php", "x=1").status());
        assertEquals(3, fpm.requests().size());
    }

    @Test
    void keptConnectionsAreUsedAgainButNeverForABody() throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + "ok").end(0), "keepAlive", "1", "maxConnections", "1");
        for (int i = 0; i < 10; i++) {
            assertEquals("ok", RawHttp.get(port, "/x.php").body());
        }
        assertEquals(1, fpm.connections());
        assertEquals("ok", RawHttp.post(port, "/x.php", "x=1").body());
        assertEquals(2, fpm.connections());
        assertFalse(fpm.requests().get(10).keep());
    }

    @Test
    void aConnectionWithStrayBytesIsNotUsedAgain() throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + "ok").end(0).stdout("stray"), "keepAlive", "1", "maxConnections", "1");
        for (int i = 0; i < 5; i++) {
            assertEquals("ok", RawHttp.get(port, "/x.php").body());
        }
        assertTrue(fpm.connections() >= 3, fpm.connections() + " connections");
    }
}
