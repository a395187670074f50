package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** What noting an answer leaves behind. */
class NotedAnswerTest {

    private static final int REQUESTS = 30;

    private static final long FOR_A_FIELD = 16 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final AtomicLong most = new AtomicLong();

    /** Adds a field, as one that comes from PHP is added. */
    private final class Adding extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            long before = threads.getCurrentThreadAllocatedBytes();
            response.getHeaders().add("X-From", "PHP");
            most.accumulateAndGet(threads.getCurrentThreadAllocatedBytes() - before, Math::max);
            response.write(true, ByteBuffer.wrap("php".getBytes(StandardCharsets.US_ASCII)), callback);
            return true;
        }
    }

    @Test
    void noAnswerOfAConnectionTakesMoreMemoryThanTheOneBefore() throws Exception {
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server);
        server.addConnector(connector);
        server.setHandler(new RememberedFiles(new Adding(), System::nanoTime));
        server.start();
        try (LocalConnector.LocalEndPoint connection = connector.connect()) {
            for (int i = 0; i < REQUESTS; i++) {
                connection.addInput("GET /page.html HTTP/1.1\r\nHost: a\r\n\r\n");
                String answer = connection.getResponse(false, 5, TimeUnit.SECONDS);
                assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            }
        } finally {
            server.stop();
        }
        assertTrue(most.get() < FOR_A_FIELD, most + " bytes for a field");
    }
}
