package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.eclipse.jetty.fcgi.server.ServerFCGIConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Jetty's own FastCGI server, written by others from the same specification, understands us and we understand it. Only requests without a
 * body: it does not answer FCGI_GET_VALUES, which we ask before whatever must not run twice.
 */
class JettyFastCgiPeerTest {

    private final Server peer = new Server();
    private Path root;
    private PhpServer server;

    @BeforeEach
    void start() throws Exception {
        root = Trees.create();
        Trees.write(root, "x.php", "");
        ServerConnector connector = new ServerConnector(peer, new ServerFCGIConnectionFactory(new HttpConfiguration()));
        connector.setHost("127.0.0.1");
        peer.addConnector(connector);
        peer.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                ByteBuffer body = Content.Source.asByteBuffer(request);
                String text = request.getMethod() + " " + request.getHttpURI().getQuery() + " " + request.getHeaders().get("X-Test") + " "
                        + body.remaining();
                response.getHeaders().put("X-Peer", "jetty").put("Content-Type", "text/plain");
                Content.Sink.write(response, true, text + " " + "y".repeat(100_000), callback);
                return true;
            }
        });
        peer.start();
        server = PhpServer.serving(root).target("127.0.0.1:" + connector.getLocalPort()).port(0).set("accessLog", "off").build();
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        peer.stop();
        Trees.delete(root);
    }

    @Test
    void aRequestWithoutABodyIsUnderstood() throws Exception {
        RawHttp.Reply reply = RawHttp.get(server.port(), "/x.php?a=b", "X-Test: t");
        assertEquals("jetty", reply.header("X-Peer"));
        assertTrue(reply.body().startsWith("GET a=b t 0 yyy") && reply.complete(), reply.body().substring(0, 30));
    }
}
