package org.jettyphp.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Until;

/** Many clients who ask all the time, GET and POST in turn, while something goes wrong; every answer is checked. */
final class Crowd implements AutoCloseable {

    static final int CLIENTS = 50;

    private final int port;
    private final Path ran;
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean over;

    /** @param ran the file in which {@code once.php} notes what has run */
    Crowd(int port, Path ran) {
        this(port, ran, CLIENTS, false);
    }

    /** With {@code keepConnections} every second client goes on with its connection until it is told that it ends. */
    Crowd(int port, Path ran, int clients, boolean keepConnections) {
        this.port = port;
        this.ran = ran;
        for (int i = 0; i < clients; i++) {
            String name = "c" + i;
            boolean keeps = keepConnections && i % 2 == 0;
            // One address has 28,000 ports, each of which the system keeps back for a minute: on a fast machine too few for all tests.
            String address = "127.1." + i / 200 + "." + (1 + i % 200);
            threads.add(new Thread(() -> ask(name, address, keeps), name));
        }
        threads.forEach(Thread::start);
    }

    private void ask(String name, String address, boolean keeps) {
        RawHttp connection = null;
        for (int i = 0; !over; i++) {
            String id = name + "-" + i;
            String method = i % 2 == 0 ? "GET" : "POST";
            try {
                connection = connection != null ? connection : RawHttp.from(address, port);
                Reply reply = connection.send(method, "/once.php?ran=" + ran + "&id=" + id, i % 2 == 0 ? "" : "x=1").read();
                if (reply.status() == 200 && reply.complete() && reply.body().equals(id)) {
                    answered.incrementAndGet();
                } else {
                    failures.add(method + " " + id + ": " + reply.status() + " " + reply.complete());
                }
                connection = keeps && reply.complete() && !"close".equals(reply.header("Connection")) ? connection : closed(connection);
            } catch (IOException failed) {
                failures.add(method + " " + id + ": " + failed);
                connection = closed(connection);
            }
        }
        closed(connection);
    }

    private static RawHttp closed(RawHttp connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return null;
    }

    /** How many right answers there have been so far. */
    int answered() {
        return answered.get();
    }

    void untilAnswered(int more) throws Exception {
        int goal = answered() + more;
        Until.true_(more + " more answers", () -> answered() >= goal);
    }

    /** Requests that failed so far, with their method and status. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Ends the asking, and says which POSTs have run more than once. */
    List<String> end() throws Exception {
        close();
        Set<String> seen = new HashSet<>();
        List<String> twice = new ArrayList<>();
        for (String id : Files.readAllLines(ran)) {
            boolean post = Integer.parseInt(id.substring(id.indexOf('-') + 1)) % 2 == 1;
            if (!seen.add(id) && post) {
                twice.add(id);
            }
        }
        return twice;
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
