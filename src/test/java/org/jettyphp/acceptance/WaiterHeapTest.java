package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.jettyphp.servlet.UnderWay;
import org.junit.jupiter.api.Test;

/** What a request that waits for a worker holds in the heap, beyond what the container holds for any that is answered later. */
class WaiterHeapTest {

    private static final String HEAD = "Content-Type: text/plain\r\n\r\n";
    private static final int WAITERS = Integer.getInteger("waiters", 2_000);
    private static final long LIMIT = 2_048;

    private final Semaphore answers = new Semaphore(0);
    private final Queue<AsyncContext> parked = new ConcurrentLinkedQueue<>();

    /** Answers later, when it is told to: what the container alone holds. */
    private final class Parking extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            parked.add(async);
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static List<RawHttp> ask(int port, String path) throws IOException {
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            clients.add(new RawHttp(port).send("GET", path, ""));
        }
        return clients;
    }

    private static void allAnswered(List<RawHttp> clients) throws IOException {
        for (RawHttp client : clients) {
            assertEquals(200, client.read().status());
            client.close();
        }
    }

    private long parkedHeap(int port) throws Exception {
        List<RawHttp> clients = ask(port, "/parked");
        Until.true_("all are parked", () -> parked.size() == WAITERS);
        long heap = heap();
        parked.forEach(AsyncContext::complete);
        parked.clear();
        allAnswered(clients);
        return heap;
    }

    private long waitingHeap(PhpServer server) throws Exception {
        List<RawHttp> clients = ask(server.port(), "/x.php");
        Until.true_("all but one wait", () -> UnderWay.waiting(server.context().getServletContext()) == WAITERS - 1);
        long heap = heap();
        answers.release(WAITERS);
        allAnswered(clients);
        return heap;
    }

    @Test
    void aWaiterCostsLessThanTwoKibibytes() throws Exception {
        Path root = Trees.create();
        Trees.write(root, "x.php", "");
        try (FakeFpm fpm = new FakeFpm((request, wire) -> {
            answers.acquire();
            wire.stdout(HEAD + "ok").end(0);
        }); PhpServer server = PhpServer.serving(root).target(fpm.target()).maxConnections(1).port(0).set("accessLog", "off").build()) {
            ServletHolder parking = new ServletHolder(new Parking());
            parking.setAsyncSupported(true);
            server.context().addServlet(parking, "/parked");
            server.start();
            // Once without counting: what grows with the first crowd stays.
            parkedHeap(server.port());
            waitingHeap(server);
            long each = LIMIT;
            // The rest of the virtual machine uses the heap too.
            for (int tries = 0; each >= LIMIT && tries < 3; tries++) {
                long parkedHeap = parkedHeap(server.port());
                each = (waitingHeap(server) - parkedHeap) / WAITERS;
                System.out.println("a waiter costs " + each + " bytes");
            }
            assertTrue(each < LIMIT, each + " bytes for each of " + WAITERS + " waiters");
        } finally {
            Trees.delete(root);
        }
    }
}
