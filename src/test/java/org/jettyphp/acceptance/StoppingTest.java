package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A server that is stopped while requests are under way. */
class StoppingTest extends BehindRealFpm {

    private static final int CONNECTING = 4;

    private String counting(String ended) {
        return "/count.php?count=" + state("count") + "&until=" + state("until") + "&ended=" + state(ended);
    }

    @Test
    void whatRunsAndWhatWaitsIsAnsweredBeforeTheEnd() throws Exception {
        int port = serve("stopTimeout", "20s");
        try (RawHttp first = new RawHttp(port);
                RawHttp second = new RawHttp(port);
                RawHttp probe = new RawHttp(port);
                RawHttp open = new RawHttp(port)) {
            first.send("GET", counting("first"), "");
            Until.true_("it runs", () -> size(state("count")) == 1);
            second.send("GET", "/hello.php", "");
            assertEquals(200, probe.send("GET", "/-/health", "").read().status());
            assertEquals(404, open.send("GET", "/missing", "").read().status());
            Thread stopping = new Thread(this::stopServer);
            stopping.start();
            Until.true_("no more connections are taken", () -> isRefused(port));
            assertEquals(503, probe.send("GET", "/-/health", "").read().status());
            open.send("GET", "/hello.php", "");
            Files.createFile(state("until"));
            assertEquals("counted", first.read().body());
            assertEquals("Hello, World!", second.read().body());
            Reply last = open.read();
            assertEquals("Hello, World!", last.body());
            assertEquals("close", last.header("Connection"));
            stopping.join();
        }
    }

    /** What is accepted in the last moment was once forgotten with its socket open, in one stop of ten. */
    @RepeatedTest(10)
    void whoConnectsInTheLastMomentIsAnsweredOrTurnedAway() throws Exception {
        int port = serve("stopTimeout", "20s");
        List<Future<?>> clients = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(CONNECTING);
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTING);
        try {
            for (int i = 0; i < CONNECTING; i++) {
                clients.add(threads.submit(() -> {
                    while (isAnswered(port)) {
                        begun.countDown();
                    }
                    return null;
                }));
            }
            begun.await();
            stopServer();
            for (Future<?> client : clients) {
                client.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Neither those that have had an answer, nor those that have not asked anything. */
    @Test
    void connectionsOnWhichNothingIsUnderWayDoNotHoldUpTheEnd() throws Exception {
        int port = serve("stopTimeout", "60s");
        try (RawHttp answered = new RawHttp(port); RawHttp silent = new RawHttp(port)) {
            assertEquals(404, answered.send("GET", "/missing", "").read().status());
            assertEquals(200, RawHttp.get(port, "/-/health").status(), "by now the silent one is accepted too");
            assertTimeoutPreemptively(Duration.ofSeconds(20), this::stopServer);
        }
    }

    /** Work after {@code fastcgi_finish_request()}, which no client waits for. */
    @Test
    void aPrivatePhpFpmMayFinishWhatItDoes() throws Exception {
        Trees.write(root, "after.php", "<?php fastcgi_finish_request(); usleep(700000); touch('" + state("finished") + "');");
        int port = servePrivately("stopTimeout", "20s");
        assertEquals(200, RawHttp.get(port, "/after.php").status());
        stopServer();
        assertTrue(Files.exists(state("finished")));
    }

    @Test
    void whatTakesTooLongIsNotAnsweredAsASuccess() throws Exception {
        int port = serve();
        try (RawHttp first = new RawHttp(port); RawHttp second = new RawHttp(port)) {
            first.send("GET", counting("first"), "");
            Until.true_("it runs", () -> size(state("count")) == 1);
            second.send("GET", "/hello.php", "");
            stopServer();
            for (RawHttp client : new RawHttp[] {first, second}) {
                Reply reply = client.read();
                assertTrue(reply.status() >= 400 || reply.status() == 0, reply.toString());
            }
        }
    }

    private static boolean isRefused(int port) {
        try (RawHttp another = new RawHttp(port)) {
            return another.send("GET", "/-/health", "").read().status() != 200;
        } catch (IOException refused) {
            return true;
        }
    }

    private static boolean isAnswered(int port) {
        try (RawHttp another = new RawHttp(port)) {
            return another.send("GET", "/-/health", "").read().status() > 0;
        } catch (SocketTimeoutException forgotten) {
            throw new AssertionError("connected, and never answered", forgotten);
        } catch (IOException refused) {
            return false;
        }
    }
}
