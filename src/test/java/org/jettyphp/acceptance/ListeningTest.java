package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jettyphp.events.Events;
import org.jettyphp.events.PhpListener;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.launch.PhpServerBuilder;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.jettyphp.servlet.PhpApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a listener hears of requests on their way to PHP. */
class ListeningTest {

    private static final String HEAD = "Content-Type: text/plain\r\n\r\n";

    private final Heard heard = new Heard();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private Path root;
    private CapturedLog log;

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        Trees.write(root, "x.php", "");
        log = new CapturedLog();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
        log.close();
        Trees.delete(root);
    }

    private FakeFpm fpm(FakeFpm.Script script) throws Exception {
        FakeFpm fpm = new FakeFpm(script);
        parts.add(fpm);
        return fpm;
    }

    private FakeFpm answering() throws Exception {
        return fpm((request, wire) -> wire.stdout(HEAD + "ok").end(0));
    }

    private PhpServerBuilder server(String target) {
        return PhpServer.serving(root).target(target).port(0).set("accessLog", "off").set("stopTimeout", "500ms");
    }

    private PhpServer started(PhpServer server) throws Exception {
        parts.add(server);
        server.start();
        return server;
    }

    // The block in architecture.md.
    /** Tells of requests that had to wait. */
    static final class Impatient implements PhpListener {
        @Override
        public void granted(RequestInfo request, String target, Duration waited) {
            if (waited.toMillis() >= 1000) {
                System.out.println(request.uri() + " waited " + waited.toMillis() + " ms for a worker of " + target);
            }
        }
    }
    // Its end.

    @Test
    void theDocumentationShowsAListenerThatCompiles() throws Exception {
        started(server(answering().target()).listener(new Impatient()).build());
        String own = Files.readString(Path.of("src/test/java/org/jettyphp/acceptance/ListeningTest.java"));
        String block =
                own.substring(own.indexOf("    /** Tells"), own.indexOf("    // Its end.")).stripTrailing().stripIndent()
                        .replace("static ", "");
        assertTrue(Files.readString(Path.of("src/site/markdown/architecture.md")).contains(block), block);
    }

    @Test
    void aRequestIsQueuedGrantedStartedAndEnded() throws Exception {
        PhpServer server = started(server(answering().target()).listener(heard).build());
        assertEquals(200, RawHttp.get(server.port(), "/x.php").status());
        Until.true_("it is told to the end", () -> heard.all().size() == 4);
        assertEquals(List.of("queued", "granted fake.sock", "started fake.sock", "ended ANSWERED"), heard.all());
    }

    @Test
    void aRetryIsTold() throws Exception {
        PhpServer server = started(server(fpm((request, wire) -> wire.close()).target()).listener(heard).build());
        assertEquals(502, RawHttp.get(server.port(), "/x.php").status());
        assertEquals(List.of("queued", "granted fake.sock", "started fake.sock", "retried LOST", "ended BROKEN"), heard.all());
    }

    @Test
    void whatIsHandedOnIsToldWithWhoIsOut() throws Exception {
        PhpServer server = started(
                server(fpm((request, wire) -> wire.end(2)).target() + ", " + answering().target()).set("balance", "first").listener(heard)
                        .build());
        assertEquals(200, RawHttp.get(server.port(), "/x.php").status());
        Until.true_("it is told to the end", () -> heard.all().contains("ended ANSWERED"));
        assertEquals(List.of("queued", "granted fake.sock", "started fake.sock", "out fake.sock 1000", "ended OVERLOADED",
                "handed on OVERLOADED", "granted fake.sock", "started fake.sock", "ended ANSWERED"), heard.all());
    }

    @Test
    void whoLeavesTheQueueAndWhoFindsItFullIsTold() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        PhpServer server = started(server(fpm((request, wire) -> {
            goOn.await();
            wire.stdout(HEAD + "ok").end(0);
        }).target()).maxConnections(1).set("queueSize", "1").listener(heard).build());
        try (RawHttp runs = new RawHttp(server.port()); RawHttp waits = new RawHttp(server.port())) {
            runs.send("GET", "/x.php", "");
            Until.true_("one runs", () -> heard.all().contains("started fake.sock"));
            waits.send("GET", "/x.php", "");
            Until.true_("one waits", () -> heard.count("queued") == 2);
            assertEquals(503, RawHttp.get(server.port(), "/x.php").status());
            assertEquals(1, heard.count("gave up QUEUE_FULL"));
        }
        Until.true_("it is told that one has left", () -> heard.count("gave up ABANDONED") == 1);
        goOn.countDown();
    }

    /** A web application registers one from its own {@code ServletContextListener}. */
    @Test
    void aListenerThatThrowsIsLoggedAndHarmsNobody() throws Exception {
        PhpServer server = server(answering().target()).build();
        server.context().addEventListener(new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                PhpApplication.addListener(event.getServletContext(), new PhpListener() {
                    @Override
                    public void granted(RequestInfo request, String target, Duration waited) {
                        throw new IllegalStateException("on purpose");
                    }
                });
                PhpApplication.addListener(event.getServletContext(), heard);
            }
        });
        started(server);
        assertEquals(200, RawHttp.get(server.port(), "/x.php").status());
        assertTrue(heard.all().contains("granted fake.sock"), heard.all().toString());
        assertTrue(log.text().contains("ListeningTest"), log.text());
        assertTrue(log.text().contains("on purpose"), log.text());
    }

    @Test
    void nobodyNeedsToListen() {
        Events.UNHEARD.tell(listener -> listener.back("nobody"));
    }
}
