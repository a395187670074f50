package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.ServerConnector;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.jettyphp.servlet.UnderWay;
import org.junit.jupiter.api.Test;

/** A server that is stopped while requests are under way. */
class StoppingTest extends BehindRealFpm {

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

    /** What was accepted in the last moment was once forgotten with its socket open, in one stop of ten. */
    @Test
    void whoConnectsInTheLastMomentIsAnsweredOrTurnedAway() throws Exception {
        LastMoment lastMoment = new LastMoment(0);
        serveBy(lastMoment);
        try (RawHttp client = new RawHttp(server.port())) {
            client.send("GET", "/missing", "");
            Until.true_("it is accepted", lastMoment::hasBegun);
            Thread stopping = beginToStop(lastMoment);
            lastMoment.letGo();
            assertTrue(hearsSomething(client), "an answer or an end");
            assertFalse(lastMoment.wasInterrupted());
            stopping.join();
        }
    }

    private ServerConnector serveBy(ServerSocketChannel accepting) throws Exception {
        server = PhpServer.serving(root).target(root + "/nobody.sock").set("stopTimeout", "60s").set("accessLog", "off").build();
        ServerConnector connector = (ServerConnector) server.context().getServer().getConnectors()[0];
        connector.open(accepting);
        server.start();
        return connector;
    }

    /** Until it waits for what is under way. */
    private Thread beginToStop(ServerSocketChannel accepting) throws Exception {
        Thread stopping = new Thread(this::stopServer);
        stopping.start();
        Until.true_("it waits", () -> !accepting.isOpen() && stopping.getState() == Thread.State.TIMED_WAITING);
        return stopping;
    }

    @Test
    void whatTakesLongerThanItMayIsTold() throws Exception {
        int port = serve("stopTimeout", "200ms");
        try (RawHttp running = new RawHttp(port); RawHttp waiting = new RawHttp(port)) {
            running.send("GET", counting("running"), "");
            Until.true_("it runs", () -> size(state("count")) == 1);
            waiting.send("GET", "/hello.php", "");
            assertEquals(200, RawHttp.get(port, "/-/health").status(), "by now the other one waits");
            Thread stopping = new Thread(this::stopServer);
            stopping.start();
            assertEquals(503, running.read().status());
            assertEquals(503, waiting.read().status());
            Files.createFile(state("until"));
            stopping.join();
        }
        assertEquals(2, log.text().lines().filter(line -> line.contains(" 503 GET /")
                && line.endsWith("the application is stopped, and the request was still under way after stopTimeout=200ms")).count(),
                log.text());
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

    /** One whose answer has come, but is still being logged; and one that was accepted in the last moment, and asks nothing. */
    @Test
    void norDoThoseThatBecomeIdleInTheLastMoment() throws Exception {
        LastMoment lastMoment = new LastMoment(1);
        ServerConnector connector = serveBy(lastMoment);
        CountDownLatch logged = new CountDownLatch(1);
        connector.getServer().setRequestLog((request, response) -> await(logged));
        try (RawHttp answered = new RawHttp(server.port())) {
            assertEquals(404, answered.send("GET", "/missing", "").read().status());
            try (RawHttp silent = new RawHttp(connector.getLocalPort())) {
                Until.true_("it is accepted", lastMoment::hasBegun);
                Thread stopping = beginToStop(lastMoment);
                lastMoment.letGo();
                Until.true_("both are there", () -> connector.getConnectedEndPoints().size() == 2);
                logged.countDown();
                stopping.join(TimeUnit.SECONDS.toMillis(20));
                assertFalse(stopping.isAlive());
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Work after {@code fastcgi_finish_request()}, which no client waits for; a single sleep would end with the signal. */
    @Test
    void aPrivatePhpFpmMayFinishWhatItDoes() throws Exception {
        Trees.write(root, "after.php",
                "<?php fastcgi_finish_request(); for ($end = microtime(true) + 1.5; microtime(true) < $end; usleep(1000)); touch('"
                        + state("finished") + "');");
        int port = servePrivately("stopTimeout", "20s");
        assertEquals(200, RawHttp.get(port, "/after.php").status());
        stopServer();
        assertTrue(Files.exists(state("finished")));
    }

    @Test
    void whatTakesTooLongIsEndedAndNotAnsweredAsASuccess() throws Exception {
        int port = serve();
        try (RawHttp first = new RawHttp(port); RawHttp second = new RawHttp(port)) {
            first.send("GET", counting("first"), "");
            Until.true_("it runs", () -> size(state("count")) == 1);
            second.send("GET", "/hello.php", "");
            assertTimeoutPreemptively(Duration.ofSeconds(20), this::stopServer);
            for (RawHttp client : new RawHttp[] {first, second}) {
                Reply reply = client.read();
                assertTrue(reply.status() >= 400 || reply.status() == 0, reply.toString());
            }
        }
    }

    /** A body that ends while a web application is being stopped: the php_values of its script have no pool yet, and get none. */
    @Test
    void aPoolThatIsAskedForTooLateIsRefusedAtOnce() throws Exception {
        for (String directory : List.of("early", "late")) {
            Trees.write(root, directory + "/count.php", Files.readString(root.resolve("count.php")));
            Trees.write(root, directory + "/.htaccess", "php_value user_agent " + directory);
        }
        int port = servePrivately("stopTimeout", "60s");
        ServletContext application = server.context().getServletContext();
        try (RawHttp early = new RawHttp(port); RawHttp late = new RawHttp(port)) {
            early.send("GET", "/early" + counting("early"), "");
            Until.true_("it runs", () -> size(state("count")) == 1);
            late.write("POST /late" + counting("late") + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n");
            Until.true_("its body is awaited", () -> UnderWay.requests(application) == 2);
            Thread stopping = new Thread(() -> assertDoesNotThrow(server.context()::stop));
            stopping.start();
            Until.true_("the pools are being closed", () -> List.of(stopping.getStackTrace()).toString().contains("IniPools.close("));
            late.write("x=1");
            Reply refused = late.read();
            assertTrue(stopping.isAlive(), "it does not wait for who runs");
            assertEquals(503, refused.status());
            assertEquals("2", refused.header("Retry-After"));
            Files.createFile(state("until"));
            assertEquals("counted", early.read().body());
            stopping.join();
        }
        assertTrue(log.text().matches("(?s).* 503 POST /late/count.php\\S* [^\n]*: the application is being stopped.*"), log.text());
        assertFalse(log.text().contains("user_agent=late}"), log.text());
    }

    private static boolean isRefused(int port) {
        try (RawHttp another = new RawHttp(port)) {
            return another.send("GET", "/-/health", "").read().status() != 200;
        } catch (IOException refused) {
            return true;
        }
    }

    private static boolean hearsSomething(RawHttp client) {
        try {
            client.read();
            return true;
        } catch (SocketTimeoutException forgotten) {
            return false;
        } catch (IOException turnedAway) {
            return true;
        }
    }
}
