package org.jettyphp.acceptance;

import java.nio.file.Path;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.launch.PhpServerBuilder;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.jettyphp.servlet.UnderWay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server in front of a scripted FastCGI server, both new for each test. */
abstract class BehindFakeFpm {

    static final String HEAD = "Content-Type: text/plain\r\n\r\n";

    Path root;
    CapturedLog log;
    FakeFpm fpm;
    private PhpServer server;

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        Trees.write(root, "x.php", "");
        log = new CapturedLog();
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        if (fpm != null) {
            fpm.close();
        }
        log.close();
        Trees.delete(root);
    }

    int serve(FakeFpm.Script script, String... settings) throws Exception {
        fpm = new FakeFpm(script);
        return serveAt(fpm.target(), settings);
    }

    /** In front of another server than {@link #fpm}. */
    int serveAt(String target, String... settings) throws Exception {
        PhpServerBuilder builder =
                PhpServer.serving(root).target(target).port(0).set("stopTimeout", "500ms").set("accessLog", "off").set("responseTimeout",
                        "2s");
        for (int i = 0; i < settings.length; i += 2) {
            builder.set(settings[i], settings[i + 1]);
        }
        server = builder.build();
        server.start();
        return server.port();
    }

    /** How many requests wait for a worker. */
    int waiting() {
        return UnderWay.waiting(server.context().getServletContext());
    }

    Reply ask(FakeFpm.Script script) throws Exception {
        return RawHttp.get(serve(script), "/x.php");
    }
}
