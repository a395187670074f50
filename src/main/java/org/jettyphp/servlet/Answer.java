package org.jettyphp.servlet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jettyphp.cgi.ResponseHead;
import org.jettyphp.cgi.ResponseHeadParser;
import org.jettyphp.fastcgi.ResponseSink;
import org.jettyphp.pool.Gathering;
import org.jspecify.annotations.Nullable;

/**
 * Reads PHP's output: first the head, then the body, which is held back while it may still turn out small and complete. Sees to it that the
 * body is as long as PHP announced: more is cut and logged, less aborts the client's message. Where PHP wants a file to be sent, its body does
 * not count, nor where an error page takes its place; either goes out when PHP has ended, so that its worker is free and a script that fails
 * has no answer.
 */
final class Answer implements ResponseSink {

    private final Client client;
    private final ErrorStream errors;
    private final ResponseHeadParser parser;
    private final Sendfile sendfile;
    private final boolean headRequest;
    private final Gathering gathered;

    private @Nullable ResponseHead head;
    private Sendfile.@Nullable Wish wish;
    private boolean intercepted;
    private boolean begun;
    private FlushRule flushing = FlushRule.WHEN_PHP_PAUSES;
    private long announced = -1;
    private long received;
    private long surplus;
    private boolean bodyAllowed = true;

    /**
     * Nothing has come yet.
     *
     * @param gathered the thread's own
     */
    Answer(Client client, ErrorStream errors, ResponseHeadParser parser, Sendfile sendfile, boolean headRequest, Gathering gathered) {
        this.client = client;
        this.sendfile = sendfile;
        this.errors = errors;
        this.parser = parser;
        this.headRequest = headRequest;
        this.gathered = gathered;
        gathered.clear();
    }

    @Override
    public void output(ByteBuffer bytes) throws IOException {
        if (head == null && !parseHead(bytes)) {
            return;
        }
        if (wish != null || intercepted) {
            bytes.position(bytes.limit());
            return;
        }
        int surplusNow = surplus(bytes.remaining());
        surplus += surplusNow;
        bytes.limit(bytes.limit() - surplusNow);
        received += bytes.remaining();
        if (flushing != FlushRule.ALWAYS && !begun && gathered.hasRoomFor(bytes.remaining())) {
            gathered.add(bytes);
        } else if (bytes.hasRemaining()) {
            begin();
            client.body(bytes);
            if (flushing == FlushRule.ALWAYS) {
                client.flush();
            }
        }
    }

    /**
     * Whether the container must not find a length by itself: it would answer HEAD and 304 with the length of nothing, where RFC 9110,
     * section 8.6, allows only the length that GET would have had. So the head is sent first.
     */
    static boolean isLengthOpen(ResponseHead head, boolean headRequest) {
        return (headRequest || head.status() == 304) && head.contentLength() < 0;
    }

    private boolean parseHead(ByteBuffer bytes) throws IOException {
        if (!parser.parse(bytes)) {
            return false;
        }
        ResponseHead parsed = parser.head();
        parsed.problems().forEach(errors::problem);
        head = parsed;
        wish = client.takesFiles() ? sendfile.in(parsed) : null;
        intercepted = client.intercepts(parsed.status());
        flushing = FlushRule.of(parsed);
        bodyAllowed = !headRequest && parsed.status() != 204 && parsed.status() != 304;
        announced = parsed.contentLength();
        return true;
    }

    private int surplus(int size) {
        if (!bodyAllowed) {
            return size;
        }
        return announced < 0 ? 0 : (int) Math.max(0, size - (announced - received));
    }

    private void begin() throws IOException {
        if (begun || head == null) {
            return;
        }
        begun = true;
        client.begin(head);
        client.body(ByteBuffer.wrap(gathered.bytes(), 0, gathered.length()));
    }

    @Override
    public void error(ByteBuffer bytes) {
        errors.add(bytes);
    }

    @Override
    public boolean gathers() {
        return flushing.gathers();
    }

    @Override
    public void pause() throws IOException {
        if (head != null && wish == null && !intercepted && bodyAllowed && flushing != FlushRule.NEVER) {
            begin();
            client.flush();
        }
    }

    /** PHP has ended the request properly. */
    void end() throws IOException {
        if (head == null) {
            throw parser.headAtEnd();
        }
        if (wish != null) {
            client.file(head, wish.granted());
            return;
        }
        if (intercepted) {
            client.intercepted(head);
            return;
        }
        if (surplus > 0 && !headRequest) {
            errors.problem(bodyAllowed
                    ? "PHP sent " + surplus + " bytes more than its Content-Length of " + announced + "; they were cut"
                    : "PHP sent a body of " + surplus + " bytes with status " + head.status() + ", which has none; it was dropped");
        }
        if (bodyAllowed && received < announced) {
            begin();
            throw new IOException("PHP announced Content-Length " + announced + " and sent " + received + " bytes");
        }
        if (!begun && isLengthOpen(head, headRequest)) {
            begin();
            client.flush();
        }
        if (begun) {
            client.end();
        } else {
            client.whole(head, gathered.bytes(), gathered.length());
        }
    }
}
