package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jettyphp.peers.BareFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More clients than workers: who waits fails not, and holds no thread. */
class CrowdedTest extends BehindFakeFpm {

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @org.junit.jupiter.api.AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : toClose) {
            one.close();
        }
    }

    private RawHttp client(int port) throws IOException {
        RawHttp client = new RawHttp(port);
        toClose.add(client);
        return client;
    }

    /** Threads that are inside code of ours, exchanges left out: those have a worker. */
    private static List<String> threadsHeld() {
        List<String> held = new ArrayList<>();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            for (StackTraceElement at : stack) {
                if (at.getClassName().startsWith("org.jettyphp.servlet.") && !thread.getName().startsWith("php-fpm-exchange")) {
                    held.add(thread.getName() + " in " + at);
                    return;
                }
            }
        });
        return held;
    }

    @Test
    void requestsThatWaitForAWorkerHoldNoThread() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        int port = serve((request, wire) -> {
            goOn.await();
            wire.stdout(HEAD + "ok").end(0);
        }, "maxConnections", "2", "responseTimeout", "30s", "queueSize", "298");
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < 301; i++) {
            clients.add(client(port).send("GET", "/x.php", ""));
        }
        // One more than there is room for: when that one has been refused, all others wait or run.
        Until.true_("one is refused", () -> log.text().contains("the queue is full: queueSize=298 (busy 2 of 2, waiting 298)"));
        Until.true_("nobody who waits holds a thread: " + threadsHeld(), () -> threadsHeld().isEmpty());
        goOn.countDown();
        int answered = 0;
        for (RawHttp client : clients) {
            answered += client.read().status() == 200 ? 1 : 0;
        }
        assertEquals(300, answered);
    }

    @Test
    void uploadsThatAreUnderWayHoldNeitherThreadNorWorker() throws Exception {
        int port = serve((request, wire) -> wire.stdout(HEAD + request.body().length).end(0), "maxConnections", "1");
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            clients.add(client(port).write("POST /x.php HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n01234"));
        }
        assertEquals("0", RawHttp.get(port, "/x.php").body(), "the worker is free");
        Until.true_("no upload holds a thread: " + threadsHeld(), () -> threadsHeld().isEmpty());
        assertEquals(1, fpm.connections());
        for (RawHttp client : clients) {
            assertEquals("10", client.write("56789").read().body());
        }
    }

    @Test
    void readersWhoDoNotReadHoldNeitherThreadNorWorker() throws Exception {
        String block = "x".repeat(60_000);
        int port = serve((request, wire) -> {
            wire.stdout(HEAD);
            for (int i = 0; i < 200 && request.params().get("QUERY_STRING").isEmpty(); i++) {
                wire.stdout(block);
            }
            wire.end(0);
        }, "maxConnections", "1");
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(client(port).send("GET", "/x.php", ""));
        }
        Until.true_("all have been asked for", () -> fpm.requests().size() == 5);
        assertEquals(200, RawHttp.get(port, "/x.php?next").status());
        Until.true_("no reader holds a thread: " + threadsHeld(), () -> threadsHeld().isEmpty());
        for (RawHttp client : clients) {
            Reply reply = client.read();
            assertTrue(reply.complete());
            assertEquals(200 * 60_000, reply.body().length());
        }
    }

    private void fillBacklog(BareFpm peer) throws IOException {
        int filled = 0;
        for (boolean room = true; room; filled++) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            toClose.add(channel);
            channel.configureBlocking(false);
            try {
                channel.connect(UnixDomainSocketAddress.of(peer.target()));
            } catch (IOException full) {
                room = false;
            }
        }
        assertTrue(filled > 1);
    }

    /** Where nginx answers 502: connect() fails at once with EAGAIN. */
    @Test
    void aFullBacklogOfAUnixSocketIsWaitedFor() throws Exception {
        BareFpm peer = BareFpm.closedOnUnixSocket(1, (line, number) -> {
            line.readThrough(BareFpm.STDIN);
            line.wire().stdout(HEAD + "ok").end(0);
        });
        toClose.add(peer);
        fillBacklog(peer);
        int port = serveAt(peer.target());
        RawHttp get = client(port).send("GET", "/x.php", "");
        RawHttp post = client(port).send("POST", "/x.php", "a=1");
        Until.true_("they try to connect", () -> exchangesIn("Upstream.connect") == 2);
        peer.open();
        assertEquals("ok", get.read().body());
        assertEquals("ok", post.read().body());
    }

    @Test
    void aBacklogThatStaysFullIsUnavailableAfterQueueTimeoutAndTheLogSaysWhatToRaise() throws Exception {
        BareFpm peer = BareFpm.closedOnUnixSocket(1, (line, number) -> {});
        toClose.add(peer);
        fillBacklog(peer);
        assertEquals(503, RawHttp.get(serveAt(peer.target(), "queueTimeout", "100ms"), "/x.php").status());
        assertTrue(log.text().contains("its backlog is full; set maxConnections to the pool's pm.max_children"), log.text());
    }

    private void fillTcpBacklog(BareFpm peer) throws IOException {
        for (boolean room = true; room;) {
            Socket socket = new Socket();
            toClose.add(socket);
            try {
                socket.connect(new InetSocketAddress("127.0.0.1", peer.port()), 200);
            } catch (IOException full) {
                room = false;
            }
        }
    }

    @Test
    void aFullBacklogOnTcpIsGivenUpAfterConnectTimeout() throws Exception {
        BareFpm peer = BareFpm.closedOnTcp(1, (line, number) -> {});
        toClose.add(peer);
        fillTcpBacklog(peer);
        assertEquals(503, RawHttp.get(serveAt(peer.target(), "connectTimeout", "100ms", "queueTimeout", "10s"), "/x.php").status());
        assertTrue(log.text().contains("no answer within connectTimeout"), log.text());
    }

    /** It may be the system's, which sends again what it has dropped, that a connection then takes a second, or three. */
    @Test
    void oneOnTcpThatHasAnsweredBeforeIsWaitedFor() throws Exception {
        BareFpm peer = BareFpm.closedOnTcp(1, (line, number) -> {
            line.readThrough(BareFpm.STDIN);
            line.wire().stdout(HEAD + "ok").end(0);
        });
        toClose.add(peer);
        peer.openWhile(() -> peer.connections() == 0);
        int port = serveAt(peer.target(), "connectTimeout", "100ms", "queueTimeout", "30s");
        assertEquals("ok", RawHttp.get(port, "/x.php").body());
        fillTcpBacklog(peer);
        RawHttp waits = client(port).send("POST", "/x.php", "a=1");
        Until.true_("the log says so", () -> log.text().contains("is away: no answer within connectTimeout; requests wait for it"));
        peer.open();
        assertEquals("ok", waits.read().body());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Unix", "TCP"})
    void noRequestFailsBehindARealPoolWithABacklogOfOne(String socket) throws Exception {
        Trees.write(root, "slow.php", "<?php usleep(20000); echo 'ok';");
        Map<String, String> narrow = Map.of("pm.max_children", "1", "listen.backlog", "1");
        try (RealFpm real = socket.equals("TCP") ? RealFpm.onTcp(narrow) : RealFpm.onUnixSocket(narrow)) {
            int port = serveAt(real.target(), "maxConnections", "8", "responseTimeout", "20s");
            ExecutorService clients = Executors.newFixedThreadPool(20);
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                boolean post = i % 2 == 0;
                replies.add(clients.submit(() -> post ? RawHttp.post(port, "/slow.php", "a=1") : RawHttp.get(port, "/slow.php")));
            }
            for (Future<Reply> reply : replies) {
                assertEquals("ok", reply.get().body());
            }
            clients.shutdown();
        }
    }
}
