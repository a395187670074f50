package org.jettyphp.fastcgi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jettyphp.transport.Address;
import org.jettyphp.transport.Connection;
import org.jettyphp.transport.Deadline;
import org.jettyphp.transport.Poller;

/**
 * Asks a php-fpm something small, for ourselves and not for a client, on a connection of its own and on the thread of the caller.
 *
 * @param limit how long connecting may take, and how long nothing may come
 */
public record Question(Address address, Duration limit) {

    /**
     * Waits until a worker says FCGI_GET_VALUES_RESULT: it has accepted the connection and is able to answer.
     *
     * @throws ExchangeException of the kind TIMED_OUT if none does within the limit: frozen, or all are busy
     * @throws IOException if nobody accepts connections
     */
    public void greet() throws IOException {
        try (Poller poller = new Poller(); Connection connection = Connection.open(address, poller, Deadline.in(limit))) {
            exchange(connection).proveAccepted();
        }
    }

    /**
     * Connects and says nothing: a full pool takes the connection into its backlog.
     *
     * @throws IOException if nobody accepts connections
     */
    public void connect() throws IOException {
        try (Poller poller = new Poller(); Connection connection = Connection.open(address, poller, Deadline.in(limit))) {
            Objects.requireNonNull(connection);
        }
    }

    /**
     * Sends a request with these variables and no body.
     *
     * @return the whole output, head and body, with what came on the error stream in between
     */
    public String ask(Map<String, String> variables) throws IOException {
        RequestHead head = new RequestHead();
        variables.forEach((name, value) -> head.add(name.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
        Output output = new Output();
        try (Poller poller = new Poller(); Connection connection = Connection.open(address, poller, Deadline.in(limit))) {
            exchange(connection).run(head.finish(), RequestBody.NONE, false, output);
        }
        return output.bytes.toString(StandardCharsets.UTF_8);
    }

    private Exchange exchange(Connection connection) {
        return new Exchange(connection, null, ByteBuffer.allocate(Exchange.READ_BUFFER), limit);
    }

    private static final class Output implements ResponseSink {

        private static final int MOST = 8 << 20;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void output(ByteBuffer more) throws IOException {
            if (bytes.size() + more.remaining() > MOST) {
                throw new IOException("an answer of more than " + MOST + " bytes to a small question");
            }
            error(more);
        }

        @Override
        public void error(ByteBuffer more) {
            while (more.hasRemaining() && bytes.size() < MOST) {
                bytes.write(more.get());
            }
        }

        @Override
        public void pause() {
            // Nobody waits for a part of the answer.
        }
    }
}
