package org.jettyphp.fastcgi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.jettyphp.peers.BareFpm;
import org.jettyphp.transport.Address;
import org.jettyphp.transport.Connection;
import org.jettyphp.transport.Deadline;
import org.jettyphp.transport.Poller;
import org.junit.jupiter.api.AfterEach;

/** An exchange on a connection to a server that a test scripts byte by byte, both new for each test. */
abstract class OnBareConnection {

    BareFpm peer;
    Poller poller;
    Connection connection;

    @AfterEach
    void close() throws IOException {
        connection.close();
        poller.close();
        peer.close();
    }

    Exchange with(Duration limit, BareFpm.Script script) throws IOException {
        peer = BareFpm.onUnixSocket(script);
        Address address = new Address.Unix(Path.of(peer.target()));
        poller = new Poller();
        connection = Connection.open(address, poller, Deadline.NEVER);
        return new Exchange(connection, null, ByteBuffer.allocateDirect(Exchange.READ_BUFFER), limit);
    }

    Exchange with(BareFpm.Script script) throws IOException {
        return with(Duration.ofSeconds(20), script);
    }

    /** Takes an answer's output, and does nothing with its errors and pauses. */
    interface Output extends ResponseSink {
        @Override
        default void error(ByteBuffer bytes) {}

        @Override
        default void pause() {}
    }
}
