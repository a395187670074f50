package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that something in front of us has unpacked, so that it is as long as nobody has told: Jetty's CompressionHandler takes the length away. */
class UnpackedBodyTest extends BehindFakeFpm {

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "REPORT"})
    void itReachesPhpWithItsOwnLength(String method) throws Exception {
        int port = serveBehind(new WithoutLength());
        try (RawHttp http = new RawHttp(port)) {
            assertEquals("5 hello", http.send(method, "/x.php", "hello").read().body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET"})
    void whereNoneComesThereIsNoLengthEither(String method) throws Exception {
        int port = serveBehind(new WithoutLength());
        try (RawHttp http = new RawHttp(port)) {
            assertEquals("- ", http.send(method, "/x.php", "").read().body());
        }
    }

    private int serveBehind(Handler.Wrapper front) throws Exception {
        fpm = new FakeFpm((request, wire) -> {
            String length = request.params().getOrDefault("CONTENT_LENGTH", "");
            wire.stdout(HEAD + (length.isEmpty() ? "-" : length) + " " + new String(request.body(), StandardCharsets.US_ASCII)).end(0);
        });
        server = PhpServer.serving(root).target(fpm.target()).port(0).set("stopTimeout", "500ms").set("accessLog", "off").build();
        Server jetty = server.context().getServer();
        front.setHandler(jetty.getHandler());
        jetty.setHandler(front);
        server.start();
        return server.port();
    }

    private static final class WithoutLength extends Handler.Wrapper {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            HttpFields fields = HttpFields.build(request.getHeaders()).remove(HttpHeader.CONTENT_LENGTH).asImmutable();
            return super.handle(new Request.Wrapper(request) {
                @Override
                public HttpFields getHeaders() {
                    return fields;
                }

                @Override
                public long getLength() {
                    return -1;
                }
            }, response, callback);
        }
    }
}
