package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;

/** A server that is stopped while requests are under way. */
class StoppingTest extends BehindRealFpm {

    private String counting(String ended) {
        return "/count.php?count=" + state("count") + "&until=" + state("until") + "&ended=" + state(ended);
    }

    @Test
    void whatRunsAndWhatWaitsIsAnsweredBeforeTheEnd() throws Exception {
        int port = serve();
        try (RawHttp first = new RawHttp(port); RawHttp second = new RawHttp(port)) {
            first.send("GET", counting("first"), "");
            Until.true_("it runs", () -> size(state("count")) == 1);
            second.send("GET", "/hello.php", "");
            Thread stopping = new Thread(this::stopServer);
            stopping.start();
            Until.true_("no more connections are taken", () -> isRefused(port));
            Files.createFile(state("until"));
            assertEquals("counted", first.read().body());
            assertEquals("Hello, World!", second.read().body());
            stopping.join();
        }
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
            return another.send("GET", "/hello.php", "").read().status() != 200;
        } catch (java.io.IOException refused) {
            return true;
        }
    }
}
