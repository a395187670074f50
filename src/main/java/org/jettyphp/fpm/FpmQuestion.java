package org.jettyphp.fpm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jettyphp.fastcgi.Exchange;
import org.jettyphp.fastcgi.RequestBody;
import org.jettyphp.fastcgi.RequestHead;
import org.jettyphp.fastcgi.ResponseSink;
import org.jettyphp.transport.Address;
import org.jettyphp.transport.Connection;
import org.jettyphp.transport.Deadline;
import org.jettyphp.transport.Poller;

/** Asks php-fpm one small question and gives its whole output, head and body. */
record FpmQuestion(Path socket, Duration limit) {

    String ask(Map<String, String> variables) throws IOException {
        RequestHead head = new RequestHead();
        variables.forEach((name, value) -> head.add(name.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
        Address address = new Address.Unix(socket);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (Poller poller = new Poller();
                Connection connection = Connection.open(address, address.resolve().get(0), poller, Deadline.in(limit))) {
            new Exchange(connection, ByteBuffer.allocateDirect(Exchange.READ_BUFFER), limit).run(head.finish(), RequestBody.NONE, false,
                    new ResponseSink() {
                        @Override
                        public void output(ByteBuffer bytes) {
                            while (bytes.hasRemaining()) {
                                output.write(bytes.get());
                            }
                        }

                        @Override
                        public void error(ByteBuffer bytes) {
                            output(bytes);
                        }

                        @Override
                        public void pause() {
                            // Nobody waits for a part of the answer.
                        }
                    });
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    /** Throws if it does not answer its ping. */
    void ping() throws IOException {
        String answer = ask(Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", PoolFile.PING, "SCRIPT_FILENAME", PoolFile.PING));
        if (!answer.endsWith("pong")) {
            throw new IOException("php-fpm answered its ping with: " + answer);
        }
    }
}
