package org.jettyphp.acceptance;

import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.BeforeEach;

/** A server in front of a scripted FastCGI server, both new for each test. */
abstract class BehindFakeFpm extends WithServer {

    static final String HEAD = "Content-Type: text/plain\r\n\r\n";

    FakeFpm fpm;

    @BeforeEach
    void createScript() throws Exception {
        Trees.write(root, "x.php", "");
    }

    @Override
    AutoCloseable behind() {
        return fpm;
    }

    int serve(FakeFpm.Script script, String... settings) throws Exception {
        fpm = new FakeFpm(script);
        return serveAt(fpm.target(), settings);
    }

    /** In front of another server than {@link #fpm}. */
    int serveAt(String target, String... settings) throws Exception {
        return start(
                PhpServer.serving(root).target(target).set("stopTimeout", "500ms").set("accessLog", "off").set("responseTimeout", "2s"),
                settings);
    }

    Reply ask(FakeFpm.Script script) throws Exception {
        return RawHttp.get(serve(script), "/x.php");
    }
}
