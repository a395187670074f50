package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
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
        } catch (java.io.IOException refused) {
            return true;
        }
    }
}
