package org.jettyphp.soak;

import java.io.IOException;
import java.util.Arrays;
import org.jettyphp.peers.RawHttp2;
import org.jettyphp.soak.Leaving.Moment;

/** One request over HTTP/2 on a connection of its own. */
final class Http2Client {

    private final int port;
    private final Ask ask;
    private final Leaving leaving;

    Http2Client(int port, Ask ask, Leaving leaving) {
        this.port = port;
        this.ask = ask;
        this.leaving = leaving;
    }

    Outcome run() throws Exception {
        try (RawHttp2 http = new RawHttp2(port)) {
            try {
                send(http);
                return receive(http);
            } catch (Leaving.Left now) {
                leave(http);
                return Outcome.LEFT;
            }
        }
    }

    /** Resets the connection, or else the stream. */
    private void leave(RawHttp2 http) throws IOException {
        if (leaving.byReset()) {
            http.reset();
        } else if (leaving.moment() != Moment.IN_THE_HEAD) {
            http.cancel();
        }
    }

    private void send(RawHttp2 http) throws IOException {
        leaving.at(Moment.IN_THE_HEAD);
        if (ask.body() == null) {
            http.get(ask.path());
        } else {
            int size = leaving.partOf(Moment.IN_THE_BODY, ask.body().length);
            http.post(ask.path()).data(Arrays.copyOf(ask.body(), size), leaving.moment() != Moment.IN_THE_BODY);
            leaving.at(Moment.IN_THE_BODY);
        }
        leaving.at(Moment.WHEN_SENT);
    }

    private Outcome receive(RawHttp2 http) throws IOException {
        RawHttp2.Ending ending = http.watchedBy(bytes -> leaving.arrived(bytes, ask)).read();
        if (ending.clean() && ending.body().equals("503 Service Unavailable\n")) {
            return Outcome.REFUSED;
        }
        String fault = ending.clean() ? ask.fault(200, ending.body()) : "an answer that is not whole";
        if (fault != null) {
            throw new AssertionError(fault + ": " + ending.body().substring(0, Math.min(300, ending.body().length())));
        }
        return Outcome.COMPLETED;
    }
}
