package org.jettyphp.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.soak.Leaving.Moment;

/** One request over HTTP/1.1 on a connection of its own, and a second one on the same where the first was answered. */
final class Http1Client {

    private static final int PIECES = 5;
    /** So that an answer does not fit into what lies between server and client. */
    private static final int SMALL_RECEIVE_BUFFER = 16 * 1024;
    private static final int FIRST_EVENT = "data: one\n\n".length();

    private final int port;
    private final Ask ask;
    private final Leaving leaving;
    private final Pace pace;
    private int nextPause;

    Http1Client(int port, Ask ask, Leaving leaving, Pace pace) {
        this.port = port;
        this.ask = ask;
        this.leaving = leaving;
        this.pace = pace;
    }

    Outcome run() throws Exception {
        boolean readsLittle = ask.kind() == Ask.Kind.SLOW_READER || leaving.moment() == Moment.IN_THE_ANSWER;
        try (RawHttp http = new RawHttp(port, readsLittle ? SMALL_RECEIVE_BUFFER : 0)) {
            try {
                send(http);
                return receive(http);
            } catch (Leaving.Left now) {
                ask.letGoOn();
                leave(http);
                return Outcome.LEFT;
            }
        }
    }

    private void leave(RawHttp http) throws IOException {
        if (leaving.byReset()) {
            http.reset();
        } else {
            http.finish();
        }
    }

    private void send(RawHttp http) throws IOException {
        byte[] head = ask.head();
        http.write(Arrays.copyOf(head, leaving.partOf(Moment.IN_THE_HEAD, head.length)));
        leaving.at(Moment.IN_THE_HEAD);
        if (ask.body() != null) {
            sendBody(http);
        }
        leaving.at(Moment.WHEN_SENT);
    }

    private void sendBody(RawHttp http) throws IOException {
        int size = leaving.partOf(Moment.IN_THE_BODY, ask.body().length);
        int piece = Math.max(1, size / PIECES);
        for (int at = 0; at < size; at += piece) {
            int end = Math.min(size, at + piece);
            sendPiece(http, Arrays.copyOfRange(ask.body(), at, end));
            if (ask.kind().isSlow()) {
                pace.othersGetOn();
            }
        }
        leaving.at(Moment.IN_THE_BODY);
        if (ask.kind().isChunked()) {
            http.write("0\r\n\r\n");
        }
    }

    private void sendPiece(RawHttp http, byte[] bytes) throws IOException {
        if (ask.kind().isChunked()) {
            http.write(Integer.toHexString(bytes.length) + "\r\n").write(bytes).write("\r\n");
        } else {
            http.write(bytes);
        }
    }

    private Outcome receive(RawHttp http) throws Exception {
        if (ask.kind() == Ask.Kind.SLOW_READER) {
            pace.othersGetOn();
        }
        RawHttp.Reply reply = http.watchedBy(this::arrived).read(ask.method().equals("HEAD"));
        if (reply.status() == 503 && reply.header("Retry-After") != null) {
            return Outcome.REFUSED;
        }
        String fault = reply.complete() ? ask.fault(reply.status(), reply.body()) : "an answer that is not whole";
        if (fault != null) {
            throw new AssertionError(fault + " " + reply.headers());
        }
        if (ask.marker() != null && !Files.exists(ask.marker())) {
            throw new AssertionError("what was flushed came with the rest");
        }
        checkThatTheConnectionGoesOn(http);
        return Outcome.COMPLETED;
    }

    private void arrived(int bytes) throws IOException {
        leaving.arrived(bytes, ask);
        if (bytes == FIRST_EVENT) {
            ask.letGoOn();
        }
        if (ask.kind() == Ask.Kind.SLOW_READER && bytes >= nextPause) {
            nextPause = bytes + ask.answer().length() / PIECES;
            pace.othersGetOn();
        }
    }

    /** No byte too many of the first answer, and none too few of the request was taken. */
    private static void checkThatTheConnectionGoesOn(RawHttp http) throws IOException {
        RawHttp.Reply second = http.watchedBy(size -> {}).send("GET", "/static.txt", "").read();
        if (second.status() != 200 || !second.body().equals("static text\n")) {
            throw new AssertionError("the next request on this connection was answered " + second);
        }
    }
}
