package org.jettyphp.fastcgi;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.eclipse.jetty.fcgi.FCGI;
import org.jettyphp.fastcgi.ExchangeException.Kind;
import org.jettyphp.fastcgi.ExchangeException.Progress;
import org.jettyphp.transport.Connection;
import org.jettyphp.transport.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer on one connection. Writes and reads at the same time, since PHP may answer, with megabytes, before it has read
 * the body: whoever only writes until the body is out, and PHP that only writes until its output is out, would wait for each other for ever.
 */
public final class Exchange {

    /** PHP's largest STDOUT record and its head, so that one read takes a whole one. */
    public static final int READ_BUFFER = 64 * 1024;

    /**
     * How long what has come may be held for more to come, so that a page does not become many small packets. Half of the 20 ms within which
     * what PHP has flushed is to be there: DokuWiki flushes its head, and is through 8 ms later.
     */
    private static final Duration HOLD = Duration.ofMillis(10);

    private final Connection connection;
    private final ByteBuffer in;
    private final Duration limit;
    private final LongSupplier clock;
    private final Progress progress = new Progress();
    /** For tests of who does not wait for it. */
    Duration hold = HOLD;

    private final @Nullable SentAhead ahead;
    private boolean headSent;
    /** What PHP had answered before it was asked to read on. */
    private @Nullable ByteBuffer early;

    private volatile boolean aborted;
    private volatile Forsaken forsaken = Forsaken.NEVER;

    /** When it is given up for another PHP-FPM to be asked, as long as no byte of an answer has come. */
    private enum Forsaken {
        NEVER, IF_NOT_BEGUN, IN_ANY_CASE
    }

    /**
     * Prepares an exchange.
     *
     * @param ahead what has been sent on this connection already; null: nothing
     * @param in a direct buffer of {@link #READ_BUFFER} bytes that is the thread's own
     * @param limit how long nothing may move in either direction; zero for ever
     */
    public Exchange(Connection connection, @Nullable SentAhead ahead, ByteBuffer in, Duration limit) {
        this(connection, ahead, in, limit, System::nanoTime);
    }

    Exchange(Connection connection, @Nullable SentAhead ahead, ByteBuffer in, Duration limit, LongSupplier clock) {
        this.connection = connection;
        this.ahead = ahead;
        this.in = in;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Sends the head of a request that must not run twice, on a fresh connection, in a way that tells what a loss means.
     *
     * <p>First a worker must have accepted the connection: it is asked for its FCGI_MPXS_CONNS, one round trip. A worker that is told to end
     * just then drops the connection without reading more (php-src, {@code fcgi_accept_request}); so then the head goes out alone, and the
     * rest only when php-fpm has read it. Closed before that, PHP cannot have begun, and {@link ExchangeException#begun()} is false.
     */
    public void begin(RequestHead head) throws ExchangeException {
        proveAccepted();
        ByteBuffer bytes = head.forConnection(false);
        int size = bytes.remaining();
        try {
            if (!connection.writeAndAwaitRead(bytes, Deadline.in(limit, clock))) {
                return;
            }
            headSent = true;
            int read = connection.read(in.clear());
            progress.written = size;
            if (read < 0) {
                throw new ExchangeException(Kind.LOST, "it closed the connection when it had read the request", progress, null);
            }
            early = read > 0 ? in.flip() : null;
        } catch (SocketTimeoutException silent) {
            throw new ExchangeException(Kind.TIMED_OUT,
                    "the request was not read for " + limit.toMillis() + " ms, the limit (responseTimeout)",
                    progress, silent);
        } catch (IOException lost) {
            throw failure(lost);
        }
    }

    void proveAccepted() throws ExchangeException {
        byte[] name = "FCGI_MPXS_CONNS".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        int content = name.length + 2;
        ByteBuffer question = ByteBuffer.allocate(RequestHead.RECORD_HEAD + content);
        question.put((byte) 1).put((byte) FCGI.FrameType.GET_VALUES.code).putShort((short) 0).putShort((short) content).putShort((short) 0);
        question.put((byte) name.length).put((byte) 0).put(name).flip();
        Progress asked = new Progress();
        try {
            in.clear().limit(RequestHead.RECORD_HEAD);
            readFully(question, asked);
            int rest = (in.getShort(4) & 0xFFFF) + (in.get(6) & 0xFF);
            boolean answer = in.get(0) == 1 && in.get(1) == FCGI.FrameType.GET_VALUES_RESULT.code && rest <= READ_BUFFER;
            in.clear().limit(answer ? rest : 0);
            readFully(ByteBuffer.allocate(0), asked);
            if (!answer) {
                throw new ExchangeException(Kind.NOT_FASTCGI, "it answered GET_VALUES with something else", progress, null);
            }
        } catch (IOException lost) {
            throw failure(lost);
        }
    }

    private void readFully(ByteBuffer question, Progress asked) throws IOException {
        Deadline deadline = Deadline.in(limit, clock);
        while (question.hasRemaining() || in.hasRemaining()) {
            boolean moved = question.hasRemaining() && connection.write(new ByteBuffer[] {question}, 1) > 0;
            int read = in.hasRemaining() ? connection.read(in) : 0;
            if (read < 0) {
                throw new ExchangeException(Kind.LOST, "it closed the connection before a worker took it", progress, null);
            }
            asked.received += read;
            if (!moved && read == 0) {
                await(question.hasRemaining(), deadline);
            }
        }
    }

    /**
     * Runs the exchange to its END_REQUEST.
     *
     * @param keep whether php-fpm shall keep the connection open afterwards
     * @return whether it can be used again: kept, everything sent, and nothing came behind the end
     * @throws ExchangeException if it did not get there; the connection is then good for nothing
     * @throws IOException what the sink or the body threw
     */
    public boolean run(RequestHead head, RequestBody body, boolean keep, ResponseSink sink) throws IOException {
        Outgoing out = ahead != null ? ahead.out : new Outgoing(headSent ? ByteBuffer.allocate(0) : head.forConnection(keep), body);
        RecordReader reader = new RecordReader();
        Deadline deadline = Deadline.in(limit, clock);
        Deadline held = Deadline.NEVER;
        boolean handedOn = true;
        boolean justSent = ahead != null;
        if (ahead != null) {
            progress.written = ahead.written;
            progress.sent = out.allSent();
        }
        while (!reader.ended()) {
            boolean moved = send(out) || justSent;
            justSent = false;
            // Nobody has answered what has left this instant: a read would be a system call for nothing.
            int read = moved && progress.sent && progress.received == 0 && early == null ? 0 : receive(reader, sink);
            if (moved || read > 0) {
                deadline = Deadline.in(limit, clock);
            }
            if (handedOn && read > 0) {
                held = Deadline.in(hold, clock);
                handedOn = false;
            }
            boolean over = !handedOn && held.isPast();
            if (reader.ended() || (moved && out.pending() || read > 0) && !over) {
                continue;
            }
            if (handedOn) {
                // While the body is still coming it is the client who is slow, not PHP.
                await(out.hasBytes(), out.pending() && !out.hasBytes() ? Deadline.NEVER : deadline);
            } else if (over || !sink.gathers() || !select(out.hasBytes(), held)) {
                sink.pause();
                handedOn = true;
            }
        }
        if (reader.protocolStatus() != RecordReader.REQUEST_COMPLETE) {
            Kind kind = reader.protocolStatus() == RecordReader.OVERLOADED ? Kind.OVERLOADED : Kind.REFUSED;
            throw new ExchangeException(kind, refusal(reader.protocolStatus()), progress, null);
        }
        return keep && out.allSent() && !in.hasRemaining();
    }

    /** Ends the exchange from another thread, which then wakes the poller up. */
    public void abort() {
        aborted = true;
    }

    /**
     * Gives it up from another thread, which then wakes the poller up, unless a byte of an answer has come.
     *
     * @param repeatable whether also if PHP may have begun
     */
    public void forsake(boolean repeatable) {
        forsaken = repeatable ? Forsaken.IN_ANY_CASE : Forsaken.IF_NOT_BEGUN;
    }

    private boolean isForsaken() {
        return progress.received == 0
                && (forsaken == Forsaken.IN_ANY_CASE || forsaken == Forsaken.IF_NOT_BEGUN && progress.written == 0);
    }

    private ExchangeException ended() {
        return new ExchangeException(Kind.ABORTED, "ended by us", progress, null);
    }

    private boolean send(Outgoing out) throws IOException {
        if (!out.pending()) {
            return false;
        }
        if (progress.written == 0 && aborted) {
            throw ended();
        }
        out.fill();
        if (!out.hasBytes()) {
            return false;
        }
        try {
            long written = out.writeTo(connection);
            progress.written += written;
            progress.sent = out.allSent();
            return written > 0;
        } catch (IOException lost) {
            // PHP may have answered and closed without reading the body: what it has sent is still there to be read.
            if (progress.written == 0) {
                throw failure(lost);
            }
            out.giveUp();
            return true;
        }
    }

    private int receive(RecordReader reader, ResponseSink sink) throws IOException {
        int read;
        try {
            read = early != null ? early.remaining() : connection.read(in.clear());
        } catch (IOException lost) {
            throw failure(lost);
        }
        if (read < 0) {
            throw new ExchangeException(Kind.LOST, "it closed the connection before the end of the answer", progress, null);
        }
        progress.received += read;
        try {
            reader.read(early != null ? early : in.flip(), sink);
            early = null;
        } catch (RecordReader.MalformedRecordException malformed) {
            throw new ExchangeException(Kind.NOT_FASTCGI, "it sent " + malformed.getMessage(), progress, malformed);
        }
        return read;
    }

    private void await(boolean writing, Deadline deadline) throws ExchangeException {
        if (!select(writing, deadline) && deadline.isPast()) {
            String phase = progress.received == 0 ? "no byte of an answer came for " : "nothing more of the answer came for ";
            throw new ExchangeException(Kind.TIMED_OUT, phase + limit.toMillis() + " ms, the limit (responseTimeout)", progress, null);
        }
    }

    private boolean select(boolean writing, Deadline deadline) throws ExchangeException {
        try {
            boolean ready = connection.await(SelectionKey.OP_READ | (writing ? SelectionKey.OP_WRITE : 0), deadline);
            if (aborted) {
                throw ended();
            }
            if (!ready && isForsaken()) {
                throw new ExchangeException(Kind.FORSAKEN, "no byte of an answer came, and it cannot be connected to any more", progress,
                        null);
            }
            return ready;
        } catch (ExchangeException known) {
            throw known;
        } catch (IOException lost) {
            throw failure(lost);
        }
    }

    private ExchangeException failure(IOException cause) {
        if (cause instanceof ExchangeException known) {
            return known;
        }
        Kind kind = aborted && cause instanceof ClosedChannelException ? Kind.ABORTED : Kind.LOST;
        return new ExchangeException(kind, "the connection broke (" + cause.getMessage() + ")", progress, cause);
    }

    private static String refusal(int status) {
        return switch (status) {
            case 1 -> "it refused: FCGI_CANT_MPX_CONN";
            case RecordReader.OVERLOADED -> "it refused: FCGI_OVERLOADED";
            case 3 -> "it refused: FCGI_UNKNOWN_ROLE";
            default -> "it ended the request with protocol status " + status;
        };
    }
}
