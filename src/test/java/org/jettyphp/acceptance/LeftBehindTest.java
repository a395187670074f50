package org.jettyphp.acceptance;

import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp2;
import org.jettyphp.peers.Until;
import org.jettyphp.servlet.UnderWay;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of requests whose clients leave in the middle of an answer nothing stays. */
class LeftBehindTest extends BehindFakeFpm {

    private static final int CLIENTS = 20;

    private static final class Left extends java.io.IOException {
        private static final long serialVersionUID = 1;
    }

    private int serveMegabytes() throws Exception {
        String block = "x".repeat(60_000);
        return serve((request, wire) -> {
            wire.stdout(HEAD);
            for (int i = 0; i < 33; i++) {
                wire.stdout(block);
            }
            wire.end(0);
        }, "responseTimeout", "30s");
    }

    private void awaitNone() throws Exception {
        Until.true_("no request is under way: " + UnderWay.requests(server.context().getServletContext()),
                () -> UnderWay.requests(server.context().getServletContext()) == 0);
    }

    private static void leave(RawHttp http, String how, int enough) throws Exception {
        try {
            http.send("GET", "/x.php", "").watchedBy(bytes -> {
                if (bytes >= enough) {
                    throw new Left();
                }
            }).read();
        } catch (Left now) {
            if (how.equals("finish")) {
                http.finish();
            } else {
                http.reset();
            }
        }
    }

    private static void leave(RawHttp2 http, String how, int enough) throws Exception {
        try {
            http.get("/x.php").watchedBy(bytes -> {
                if (bytes >= enough) {
                    throw new Left();
                }
            }).read();
        } catch (Left now) {
            if (how.equals("cancel")) {
                http.cancel();
            } else {
                http.reset();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "reset"})
    void overHttp2(String how) throws Exception {
        int port = serveMegabytes();
        for (int i = 0; i < CLIENTS; i++) {
            int enough = 1 + i * 90_000;
            try (RawHttp2 http = new RawHttp2(port)) {
                leave(http, how, enough);
            }
        }
        awaitNone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"finish", "reset"})
    void overHttp1(String how) throws Exception {
        int port = serveMegabytes();
        for (int i = 0; i < CLIENTS; i++) {
            int enough = 1 + i * 90_000;
            try (RawHttp http = new RawHttp(port)) {
                leave(http, how, enough);
            }
        }
        awaitNone();
    }
}
