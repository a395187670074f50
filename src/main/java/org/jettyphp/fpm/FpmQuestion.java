package org.jettyphp.fpm;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jettyphp.fastcgi.Question;
import org.jettyphp.transport.Address;

/** Asks our own php-fpm one small question. */
record FpmQuestion(Path socket, Duration limit) {

    String ask(Map<String, String> variables) throws IOException {
        return new Question(new Address.Unix(socket), limit).ask(variables);
    }

    /** Throws if it does not answer its ping, or has a configuration of another generation. */
    void ping(int generation) throws IOException {
        ping(PoolFile.pong(generation));
    }

    /** Throws if it does not answer its ping. */
    void ping() throws IOException {
        ping("");
    }

    private void ping(String wanted) throws IOException {
        String answer = ask(Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", PoolFile.PING, "SCRIPT_FILENAME", PoolFile.PING));
        if (!answer.contains("\n" + PoolFile.PONG) || !answer.endsWith(wanted)) {
            throw new IOException("php-fpm answered its ping with: " + answer);
        }
    }
}
