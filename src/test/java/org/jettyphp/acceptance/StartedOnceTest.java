package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@link PhpServer} that is started again. */
class StartedOnceTest {

    @TempDir Path root;

    private PhpServer server(int port) throws Exception {
        return PhpServer.serving(root).target(root.resolve("none.sock").toString()).port(port).build();
    }

    @Test
    void afterItHasBeenStoppedItIsRefusedWithTheReason() throws Exception {
        try (PhpServer server = server(0)) {
            server.start();
            server.start();
            server.close();
            assertEquals("this server has been stopped: build another one",
                    assertThrows(IllegalStateException.class, server::start).getMessage());
        }
    }

    @Test
    void afterItHasFoundItsPortTakenItMayBeTriedAgain() throws Exception {
        ServerSocket taken = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        try (taken; PhpServer server = server(taken.getLocalPort())) {
            assertThrows(IOException.class, server::start);
            taken.close();
            server.start();
            assertEquals(404, RawHttp.get(server.port(), "/missing").status());
        }
    }
}
