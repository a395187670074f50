package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients who send or read slowly, and the limits on how slowly. */
class SlowClientsTest extends BehindFakeFpm {

    private static final int RECORDS = 2_000;
    private static final String RECORD = "x".repeat(32 * 1024);

    /** Writes 64 MB, counting the records. */
    private static FakeFpm.Script writing(AtomicInteger written) {
        return (request, wire) -> {
            wire.stdout(HEAD);
            for (int i = 0; i < RECORDS; i++) {
                wire.stdout(RECORD);
                written.incrementAndGet();
            }
            wire.end(0);
        };
    }

    @Test
    void aSlowReaderHoldsNoWorker() throws Exception {
        AtomicInteger written = new AtomicInteger();
        int port = serve(writing(written), "maxConnections", "1");
        try (RawHttp slow = new RawHttp(port)) {
            slow.send("GET", "/x.php", "").readHead();
            Until.true_("PHP has written everything, read by nobody", () -> written.get() == RECORDS);
            Reply second = RawHttp.get(port, "/x.php");
            assertTrue(second.complete());
            assertEquals(RECORDS * RECORD.length(), second.body().length());
        }
    }

    @Test
    void beyondResponseSpoolPhpWaitsForTheReaderAndNothingIsLost() throws Exception {
        AtomicInteger written = new AtomicInteger();
        int port = serve(writing(written), "maxConnections", "1", "responseSpool", "1m", "responseBuffer", "64k");
        try (RawHttp slow = new RawHttp(port)) {
            slow.send("GET", "/x.php", "");
            Until.true_("PHP waits", () -> exchangesIn("BodyPipe.awaitRoom") == 1);
            assertTrue(written.get() < RECORDS / 2, written.get() + " records were taken");
            Reply reply = slow.read();
            assertTrue(reply.complete());
            assertEquals(RECORDS * RECORD.length(), reply.body().length());
        }
    }

    @Test
    void aClientWhoReadsNothingForTooLongIsCutOff() throws Exception {
        int port = serve(writing(new AtomicInteger()), "maxConnections", "1", "sendTimeout", "300ms");
        try (RawHttp slow = new RawHttp(port)) {
            slow.send("GET", "/x.php", "");
            Until.true_("it is given up", () -> log.text().contains("the limit is sendTimeout=300ms"));
            assertFalse(slow.read().complete(), "the message must look aborted");
        }
    }

    @Test
    void anUploadThatStopsIs408AndPhpNeverRuns() throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD).end(0), "bodyTimeout", "300ms");
        try (RawHttp slow = new RawHttp(port)) {
            slow.write("POST /x.php HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n0123456789");
            Reply reply = slow.read();
            assertEquals(408, reply.status());
            assertTrue(log.text().contains("after 10 of 100 bytes for 0."), log.text());
            assertTrue(log.text().contains("the limit is bodyTimeout=300ms"), log.text());
        }
        assertEquals(0, fpm.requests().size());
    }

    /** A reset would take the answer away that the client has not read. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 40000000", "Transfer-Encoding: chunked"})
    void whoSendsTooMuchCanReadTheAnswerAfterwards(String framing) throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD).end(0), "maxRequestBody", "1m");
        try (RawHttp client = new RawHttp(port)) {
            client.write("POST /x.php HTTP/1.1\r\nHost: x\r\n" + framing + "\r\n\r\n");
            byte[] part = (framing.startsWith("T") ? "186a0\r\n" + "x".repeat(100_000) + "\r\n" : "x".repeat(100_000)).getBytes();
            for (int i = 0; i < 400; i++) {
                client.write(part);
            }
            Reply reply = client.read();
            assertEquals(413, reply.status());
            assertTrue(reply.complete());
        }
        assertEquals(0, fpm.requests().size());
    }

    /** The pauses are the slow client: longer in all than bodyTimeout, each of them far shorter. */
    @Test
    void aSlowUploadThatGoesOnIsNotStopped() throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + request.body().length).end(0), "bodyTimeout", "1s", "minBodyRate", "5");
        try (RawHttp slow = new RawHttp(port)) {
            slow.write("POST /x.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            long until = System.nanoTime() + 1_500_000_000L;
            int sent = 0;
            while (System.nanoTime() < until) {
                slow.write("1\r\nx\r\n");
                sent++;
                pauseOfASlowClient();
            }
            assertEquals(Integer.toString(sent), slow.write("0\r\n\r\n").read().body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void anUploadThatTricklesIs408HoweverOftenAByteComes(String buffering) throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD).end(0), "bodyTimeout", "300ms", "requestBuffering", buffering);
        try (RawHttp slow = new RawHttp(port)) {
            slow.write("POST /x.php HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
            Until.true_("it is given up", () -> {
                slow.write("x");
                return log.text().contains("the limit is minBodyRate=500 bytes a second");
            });
            assertEquals(408, slow.read().status());
        }
    }

    private static void pauseOfASlowClient() throws InterruptedException {
        Thread.sleep(50);
    }

    @Test
    void manySlowUploadsNeedFewThreads() throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + request.body().length).end(0));
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                clients.add(new RawHttp(port).write("POST /x.php HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n"));
            }
            long most = 0;
            for (int i = 0; i < 49; i++) {
                for (RawHttp client : clients) {
                    client.write("x");
                }
                most = Math.max(most, largestContainerPool());
            }
            int allowed = Math.max(24, 4 * Runtime.getRuntime().availableProcessors());
            assertTrue(most <= allowed, most + " threads");
            for (RawHttp client : clients) {
                assertEquals("50", client.write("x").read().body());
            }
        } finally {
            for (RawHttp client : clients) {
                client.close();
            }
        }
    }

    /** Jetty numbers the threads of each pool: qtp12345-1. */
    private static long largestContainerPool() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith("qtp"))
                .collect(Collectors.groupingBy(name -> name.substring(0, name.indexOf('-')), Collectors.counting()))
                .values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    @Test
    void aRequestThatTakesTooLongInAllIs504() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = serve((request, wire) -> goOn.await(), "requestTimeout", "300ms");
        assertEquals(504, RawHttp.get(port, "/x.php").status());
        assertTrue(log.text().contains("the limit is requestTimeout=300ms"), log.text());
        goOn.countDown();
    }

    @Test
    void aPathMayHaveAResponseTimeoutOfItsOwn() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = serve((request, wire) -> {
            goOn.await();
            wire.stdout(HEAD + "late").end(0);
        }, "responseTimeout", "100ms", "responseTimeoutFor./x.php/export", "20s", "maxConnections", "2");
        try (RawHttp export = new RawHttp(port)) {
            export.send("GET", "/x.php/export/all", "");
            Until.true_("it runs", () -> fpm.requests().size() == 1);
            assertEquals(504, RawHttp.get(port, "/x.php/exports").status());
            goOn.countDown();
            assertEquals("late", export.read().body());
        }
    }

    @Test
    void phpCanAskForItsOutputToBeHeldBack() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = serve((request, wire) -> {
            wire.stdout("X-Accel-Buffering: yes\r\n" + HEAD + "one ");
            goOn.await();
            wire.stdout("two").end(0);
        });
        try (RawHttp client = new RawHttp(port)) {
            client.send("GET", "/x.php", "");
            Until.true_("it runs", () -> fpm.requests().size() == 1);
            goOn.countDown();
            Reply reply = client.read();
            assertEquals("one two", reply.body());
            assertEquals("7", reply.header("Content-Length"), "nothing had been sent before the end");
            assertNull(reply.header("X-Accel-Buffering"));
        }
    }

    @Test
    void phpCanAskForItsOutputToBePassedOnAtOnce() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = serve((request, wire) -> {
            wire.stdout("X-Accel-Buffering: no\r\n" + HEAD + "one\n");
            goOn.await();
            wire.end(0);
        });
        try (RawHttp client = new RawHttp(port)) {
            client.send("GET", "/x.php", "").readHead();
            assertEquals("4", client.line());
            assertEquals("one", client.line());
            goOn.countDown();
        }
    }
}
