package org.jettyphp.attacks;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.jettyphp.attacks.Said.Answer;
import org.jettyphp.peers.RawHttp2;

/** Sends an attack on one stream of HTTP/2 and a harmless request on the next one. */
final class Http2Attacker implements Attacker {

    private static final int LARGEST_HEAD = 1024 * 1024;
    private static final int ATTACK = 1;
    private static final int NEXT = 3;

    private final int port;
    private final int limitMillis;

    Http2Attacker(int port, int limitMillis) {
        this.port = port;
        this.limitMillis = limitMillis;
    }

    @Override
    public Said ask(Attack attack, String next) throws IOException {
        Http2Request request = Http2Request.of(attack).orElseThrow();
        try (RawHttp2 http = new RawHttp2(port, limitMillis)) {
            Stream first = new Stream();
            Stream second = new Stream();
            boolean ended = false;
            try {
                try {
                    http.request(ATTACK, request.fields(), request.body());
                    http.request(NEXT, List.of(":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", next), new byte[0]);
                } catch (IOException refused) {
                    // The server has closed before it had read everything; what it has said can be read.
                }
                read(http, first, second);
                ended = true;
            } catch (SocketTimeoutException hangs) {
                ended = first.ended;
            }
            return said(first, second, ended);
        }
    }

    /** Until both streams have ended, or the connection has. */
    private static void read(RawHttp2 http, Stream first, Stream second) throws IOException {
        HpackDecoder decoder = new HpackDecoder(LARGEST_HEAD, System::nanoTime);
        try {
            while (!first.ended || !second.ended) {
                RawHttp2.Frame frame = http.next();
                if (frame.type() == RawHttp2.GOAWAY && ByteBuffer.wrap(frame.payload()).getInt() < ATTACK) {
                    return;
                }
                if (frame.stream() == ATTACK || frame.stream() == NEXT) {
                    (frame.stream() == ATTACK ? first : second).take(frame, decoder);
                }
            }
        } catch (SocketTimeoutException hangs) {
            throw hangs;
        } catch (EOFException end) {
            // What has come until now is what was said.
        } catch (IOException reset) {
            // The same.
        }
    }

    private static Said said(Stream first, Stream second, boolean ended) {
        List<Answer> answers = new ArrayList<>();
        if (first.status != 0 || second.status != 0) {
            answers.add(first.answer());
        }
        if (second.status != 0) {
            answers.add(second.answer());
        }
        return new Said(first.head + first.body + second.head + second.body, answers, ended);
    }

    private static final class Stream {
        private int status;
        private String head = "";
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private boolean ended;

        void take(RawHttp2.Frame frame, HpackDecoder decoder) throws IOException {
            if (frame.type() == RawHttp2.HEADERS && status < 200) {
                decode(frame.payload(), decoder);
            } else if (frame.type() == RawHttp2.DATA) {
                body.write(frame.payload());
            }
            ended |= frame.endsStream() || frame.type() == RawHttp2.RST_STREAM;
        }

        private void decode(byte[] block, HpackDecoder decoder) throws IOException {
            try {
                MetaData.Response response = (MetaData.Response) decoder.decode(ByteBuffer.wrap(block));
                status = response.getStatus();
                head = response.getHttpFields().asString();
            } catch (HpackException | RuntimeException malformed) {
                throw new IOException("the head of an answer: " + malformed, malformed);
            }
        }

        Answer answer() {
            return new Answer(status == 0 ? -1 : status, head, body.toString(StandardCharsets.ISO_8859_1));
        }
    }
}
