package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.junit.jupiter.api.Test;

/** A connection that Java has upgraded to a protocol of its own, such as WebSocket. */
class UpgradedTest extends WithServer {

    @Test
    void theTimeForAHeadIsNotForWhatCameAfterIt() throws Exception {
        server = PhpServer.serving(root).target("/run/no-php-fpm-here.sock").port(0).set("accessLog", "off").set("headTimeout", "200ms")
                .set("stopTimeout", "500ms")
                .build();
        server.context().getServer().insertHandler(new Handler.Wrapper() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
                request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, new Echo(endPoint, request));
                response.setStatus(101);
                callback.succeeded();
                return true;
            }
        });
        server.start();
        try (RawHttp upgraded = new RawHttp(server.port()); RawHttp slow = new RawHttp(server.port())) {
            assertEquals("HTTP/1.1 101 Switching Protocols", upgraded.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n").readHead().get(0));
            assertEquals("a", upgraded.write("a\n").line());
            assertEquals(408, slow.write("GET /").read().status(), "so long it takes");
            assertEquals("b", upgraded.write("b\n").line(), "it is still there");
        }
    }

    private static final class Echo extends AbstractConnection implements Connection.UpgradeTo {

        Echo(EndPoint endPoint, Request request) {
            super(endPoint, request.getConnectionMetaData().getConnector().getExecutor());
        }

        @Override
        public void onUpgradeTo(ByteBuffer bytes) {}

        @Override
        public void onOpen() {
            super.onOpen();
            fillInterested();
        }

        @Override
        public void onFillable() {
            try {
                ByteBuffer bytes = ByteBuffer.allocate(100).limit(0);
                int size = getEndPoint().fill(bytes);
                if (size > 0) {
                    getEndPoint().flush(bytes);
                }
                if (size >= 0) {
                    fillInterested();
                }
            } catch (IOException gone) {
                getEndPoint().close(gone);
            }
        }
    }
}
