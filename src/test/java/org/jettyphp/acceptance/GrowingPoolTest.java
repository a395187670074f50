package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;

/** A private php-fpm with {@code workers=1..4}. */
class GrowingPoolTest extends BehindRealFpm {

    @Test
    void itStartsWorkersForThoseWhoWaitAndEndsThemWhenNobodyDoes() throws Exception {
        int port = serve(PhpServer.serving(root).set("workers", "1..4"));
        assertEquals(1, slots());
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                RawHttp client = new RawHttp(port);
                clients.add(client);
                client.send("GET", "/count.php?count=" + state("count") + "&until=" + state("until") + "&ended=" + state("ended"), "");
            }
            Until.true_("four run at once", () -> size(state("count")) == 4);
            assertEquals(2, waiting(), "in our queue, not in the backlog of php-fpm");
            Files.createFile(state("until"));
            for (RawHttp client : clients) {
                assertEquals("counted", client.read().body());
            }
        } finally {
            for (RawHttp client : clients) {
                client.close();
            }
        }
        Until.true_("it has ended those it does not need", () -> slots() == 2);
        assertEquals("Hello, World!", RawHttp.get(port, "/hello.php").body());
    }
}
