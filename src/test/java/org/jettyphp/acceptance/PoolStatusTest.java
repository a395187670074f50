package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;

/** What PHP-FPM says of itself at its {@code pm.status_path}. */
class PoolStatusTest extends BehindRealFpm {

    private int serveWithStatus(Map<String, String> directives, String behindTarget, String... settings) throws Exception {
        Map<String, String> all = new HashMap<>(directives);
        all.putIfAbsent("pm.status_path", "/status");
        fpm = RealFpm.onUnixSocket(all);
        return serve(PhpServer.serving(root).target(fpm.target() + behindTarget).set("statusPath", "/status"), settings);
    }

    private void learned(String what) throws Exception {
        Until.true_(what, () -> log.text().contains(what));
    }

    @Test
    void aStaticPoolIsGivenAsManyRequestsAsItHasWorkers() throws Exception {
        serveWithStatus(Map.of("pm.max_children", "3"), "");
        learned("has 3 workers (static): 3 connections at most");
        Until.true_("it has 3 slots", () -> slots() == 3);
        try (Crowd crowd = new Crowd(port(), state("ran"))) {
            Until.true_("answers", () -> crowd.answered() >= 200);
            assertEquals(List.of(), crowd.end());
            assertEquals(List.of(), crowd.failures());
        }
    }

    /** It is asked where all workers are busy, and grows as it is used. */
    @Test
    void aDynamicPoolGrowsWithItsLoadAndNotBeyondItsLimit() throws Exception {
        String status = root.resolve("state/status.sock").toString();
        serveWithStatus(Map.of("pm", "dynamic", "pm.max_children", "4", "pm.start_servers", "2", "pm.min_spare_servers", "1",
                "pm.max_spare_servers", "2", "pm.status_listen", status), " status=" + status);
        learned("has 2 workers (dynamic): 3 connections at most");
        List<Thread> clients = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 12; i++) {
            clients.add(new Thread(() -> {
                while (!over.get()) {
                    statuses.add(statusOf("/sleep.php?ms=100"));
                }
            }));
        }
        clients.forEach(Thread::start);
        try {
            learned("workers (dynamic): 4 connections at most");
        } finally {
            over.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }
        assertEquals(Set.of(200), statuses);
    }

    private int statusOf(String path) {
        try {
            return RawHttp.get(port(), path).status();
        } catch (IOException failed) {
            return 0;
        }
    }

    @Test
    void whatIsNotSetInThePoolIsSaidOnce() throws Exception {
        serveWithStatus(Map.of("pm.status_path", "/other"), "");
        learned("does not tell its status, so its number of workers is not known: it answered \"File not found.\"; "
                + "set pm.status_path = /status in its pool");
        assertEquals("Hello, World!", RawHttp.get(port(), "/hello.php").body());
    }

    @Test
    void anAddressForItsStatusThatIsNotThereIsSaid() throws Exception {
        serveWithStatus(Map.of(), " status=" + root + "/nobody.sock");
        learned("nobody.sock: there is no such socket; start PHP-FPM or compare 'target' with the 'listen' of its pool (pm.status_listen of its pool)");
    }
}
