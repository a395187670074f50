package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jettyphp.peers.BareFpm;
import org.jettyphp.peers.FakeFpm;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A PHP-FPM whose host is cut off while it has requests, beside another one. Over TCP one with a full backlog is as silent: what asks for a
 * connection is dropped.
 */
class OutOfReachTest extends BehindFakeFpm {

    /** For a request and the checks before it. */
    private static final int BACKLOG = 4;
    private static final int SILENT_MS = 300;

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final CountDownLatch taken = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private BareFpm far;

    @BeforeEach
    void startBoth() throws Exception {
        far = BareFpm.closedOnTcp(BACKLOG, (line, number) -> {
            line.readThrough(BareFpm.STDIN);
            taken.countDown();
            goOn.await();
            line.wire().stdout(HEAD + "far").end(0);
        });
        fpm = new FakeFpm((request, wire) -> wire.stdout(HEAD + "near").end(0));
        parts.add(far);
    }

    @AfterEach
    void closeParts() throws Exception {
        goOn.countDown();
        for (AutoCloseable part : parts) {
            part.close();
        }
    }

    private RawHttp send(String method, String slots) throws Exception {
        int port = serveAt(far.target() + ", " + fpm.target(), "balance", "first", "maxConnections", slots, "responseTimeout", "30s");
        RawHttp client = new RawHttp(port).send(method, "/x.php", "");
        parts.add(client);
        return client;
    }

    private void cutOff() throws IOException {
        for (boolean room = true; room;) {
            Socket socket = new Socket();
            parts.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), far.port()), SILENT_MS);
            } catch (IOException silent) {
                room = false;
            }
        }
    }

    /** A check that came into the backlog before may have found it silent first. */
    private void awaitOut() throws Exception {
        Pattern out = Pattern.compile(Pattern.quote(far.target()) + " is out for .*: no answer within connectTimeout");
        Until.true_("it is out", () -> out.matcher(log.text()).find());
    }

    @ParameterizedTest(name = "{0} slots")
    @ValueSource(strings = {"1", "4"})
    void aGetThatWaitsForAnAnswerIsAnsweredByTheOther(String slots) throws Exception {
        far.openWhile(() -> taken.getCount() > 0);
        RawHttp client = send("GET", slots);
        taken.await();
        cutOff();
        assertEquals("near", client.read().body());
        awaitOut();
    }

    @Test
    void aPostThatPhpMayHaveBegunWaits() throws Exception {
        far.openWhile(() -> taken.getCount() > 0);
        RawHttp client = send("POST", "1");
        taken.await();
        cutOff();
        awaitOut();
        goOn.countDown();
        assertEquals("far", client.read().body());
        assertEquals(0, fpm.requests().size());
    }

    @Test
    void aPostThatNoWorkerHasTakenIsAnsweredByTheOther() throws Exception {
        RawHttp client = send("POST", "4");
        Until.true_("it is in the backlog", () -> exchangesIn("Exchange.proveAccepted") == 1);
        cutOff();
        assertEquals("near", client.read().body());
    }
}
