package org.jettyphp.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jettyphp.events.ExchangeEnd;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.events.Retry;
import org.jettyphp.fastcgi.Exchange;
import org.jettyphp.fastcgi.ExchangeException;
import org.jettyphp.fastcgi.Farewell;
import org.jettyphp.fastcgi.ResponseSink;
import org.jettyphp.fastcgi.SentAhead;
import org.jettyphp.pool.ExchangeThread;
import org.jettyphp.pool.IdleConnections;
import org.jettyphp.pool.Lane;
import org.jettyphp.transport.Address;
import org.jettyphp.transport.Connection;
import org.jettyphp.transport.Deadline;
import org.jettyphp.upstream.ConnectTrouble.Cause;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PHP-FPM: its kept connections, its health, and the rules of what may be tried again.
 *
 * <p>A worker that dies while it executes gives the same reset as one that never began, because PHP does not read our last empty record: a
 * reset proves nothing. So: nothing written, any request; written and nothing received, a repeatable one, once; a request that must not run
 * twice is sent only after the worker has proven that it accepted the connection.
 */
final class Upstream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Address address;
    private final Shared shared;
    private final IdleConnections idle;
    private final Health health;
    private final Lane lane;
    private final Map<ExchangeControl, PhpRequest> running = new ConcurrentHashMap<>();
    private volatile boolean hasAnswered;
    private volatile boolean closed;

    /** Nothing is opened yet; {@code slots}: how many requests it is given at once; {@code whenBack} and {@code alone}: see {@link Health}. */
    Upstream(Target target, int slots, Shared shared, Runnable whenBack, BooleanSupplier alone) {
        this.address = target.address();
        this.shared = shared;
        this.idle = new IdleConnections(shared.pool().keepAlive());
        this.health = new Health(address, new OutageLog(address, alone), System::nanoTime, whenBack, shared.events());
        this.lane = new Lane(address.toString(), target.share(slots), health);
    }

    Address address() {
        return address;
    }

    Health health() {
        return health;
    }

    /** Its slots. */
    Lane lane() {
        return lane;
    }

    /** What an exchange needs to know of the other PHP-FPMs. */
    interface Others {
        /** Whether one of them could take a request that this one cannot begin: then it is not waited for. */
        boolean any();

        /** How many connections may be idle here, each of which holds a worker. */
        int free();
    }

    /**
     * Opens a connection for a request that may be repeated and sends it, if neither needs to wait: so no host's name is looked up, and of a socket that is
     * full or not there nothing is said. The exchange that comes meets it too, and knows what it means.
     */
    void ahead(PhpRequest request, Others others, ExchangeControl control) {
        if (!request.repeatable() || !control.beginAhead()) {
            return;
        }
        Connection connection = null;
        SentAhead sent = null;
        try {
            Connection kept = shared.budget().hasLeft() ? idle.take() : null;
            connection = kept;
            if (connection == null) {
                idle.shrinkTo(others.free());
                connection = Connection.openAtOnce(address);
            }
            if (connection != null) {
                sent = SentAhead.on(connection, kept != null, request.head(), request.body(), idle.kept());
            }
        } catch (IOException failed) {
            LOG.debug("Nothing could be sent ahead to {}", address, failed);
        } finally {
            control.sent(sent);
            if (sent == null) {
                close(connection);
            }
        }
    }

    /**
     * Asks PHP and hands its answer to the sink. The caller has a slot.
     *
     * @throws UpstreamException if PHP-FPM could not be reached or did not answer to the end
     * @throws IOException what the sink or the body threw
     */
    void exchange(PhpRequest request, ExchangeThread thread, Others others, ResponseSink sink, ExchangeControl control) throws IOException {
        RequestInfo info = request.info();
        long startedAt = System.nanoTime();
        shared.events().tell(listener -> listener.started(info, lane.name()));
        ExchangeEnd end = ExchangeEnd.UNDELIVERED;
        try {
            attempt(request, thread, others, sink, control);
            end = ExchangeEnd.ANSWERED;
        } catch (UpstreamException failed) {
            end = failed.kind().end();
            throw failed;
        } finally {
            ExchangeEnd how = end;
            Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
            shared.events().tell(listener -> listener.ended(info, lane.name(), how, took));
        }
    }

    private void attempt(PhpRequest request, ExchangeThread thread, Others others, ResponseSink sink, ExchangeControl control)
            throws IOException {
        Attempts attempts = new Attempts(request.repeatable());
        while (true) {
            // A kept connection that its worker has closed just now says nothing about the next one, but a second kept one might be lost too.
            boolean mayBeKept = request.repeatable() && attempts.isFirst() && shared.budget().hasLeft();
            SentAhead ahead = control.sent();
            Connection usable = ahead != null ? ahead.connection() : mayBeKept ? idle.take() : null;
            boolean kept = ahead != null ? ahead.kept() : usable != null;
            Connection connection = usable != null ? usable : connect(thread, others, control);
            long begunAt = ahead != null ? ahead.begunAt() : System.nanoTime();
            boolean reusable = false;
            try {
                if (usable != null) {
                    connection.attach(thread.poller());
                }
                reusable = run(request, attempts, connection, thread, sink, control);
                hasAnswered = true;
                health.succeeded(begunAt);
                return;
            } catch (ExchangeException failed) {
                // Into the middle of a request body nothing else may be written.
                if (failed.kind() == ExchangeException.Kind.ABORTED && failed.sent()) {
                    new Farewell(connection, () -> closed).await(request.responseTimeout());
                }
                if (!attempts.again(failed) || !isPaid(request, failed, kept)) {
                    throw explain(failed);
                }
                Retry why = failed.begun() ? Retry.LOST : Retry.NOT_BEGUN;
                shared.events().tell(listener -> listener.retried(request.info(), lane.name(), why));
                LOG.debug("Trying again at {}: {}", address, failed.getMessage());
            } finally {
                if (reusable) {
                    idle.give(connection);
                } else {
                    connection.close();
                }
            }
        }
    }

    private static void close(@Nullable Connection unsent) {
        try {
            if (unsent != null) {
                unsent.close();
            }
        } catch (IOException failed) {
            LOG.debug("A connection could not be closed", failed);
        }
    }

    /** A second attempt at what a worker may have begun; on a kept connection it was foreseen. */
    private boolean isPaid(PhpRequest request, ExchangeException failed, boolean kept) {
        if (failed.begun() && kept) {
            shared.budget().owe();
        }
        return !failed.begun() || kept || shared.budget().pay(request.info(), lane.name(), Retry.LOST);
    }

    /** What may not run again is sent in a way that tells whether a worker that is lost had begun it. */
    private boolean run(PhpRequest request, Attempts attempts, Connection connection, ExchangeThread thread, ResponseSink sink,
            ExchangeControl control) throws IOException {
        Exchange exchange = new Exchange(connection, control.sent(), thread.buffer(), request.responseTimeout());
        control.begin(exchange, thread.poller());
        running.put(control, request);
        request.body().whenMore(thread.poller()::wakeup);
        try {
            boolean mayRunAgain = attempts.mayRunAgain();
            if (!mayRunAgain) {
                exchange.begin(request.head());
            }
            boolean keep = idle.kept() && mayRunAgain;
            return exchange.run(request.head(), request.body(), keep, sink);
        } finally {
            running.remove(control);
            control.end();
        }
    }

    /** Its host is out of reach, and there are others: what has had no byte of an answer is for them, unless it might run twice and must not. */
    void forsake() {
        running.forEach((control, request) -> control.forsake(request.repeatable()));
    }

    /**
     * A target that has answered before and is gone is restarting, its host too perhaps, or its backlog is full, which over TCP is as silent: who
     * has a slot waits for it. One that never answered is a mistake.
     */
    private Connection connect(ExchangeThread thread, Others others, ExchangeControl control) throws UpstreamException {
        idle.shrinkTo(others.free());
        Deadline connectBy = Deadline.in(shared.settings().connectTimeout());
        Deadline giveUpAt = Deadline.in(shared.pool().queueTimeout());
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            IOException failure;
            try {
                return Connection.open(address, thread.poller(), connectBy);
            } catch (IOException failed) {
                failure = failed;
            }
            ConnectTrouble trouble = ConnectTrouble.of(address, failure);
            boolean away = hasAnswered && (trouble.cause() == Cause.ABSENT || trouble.cause() == Cause.SILENT);
            if (trouble.cause() != Cause.BUSY) {
                health.failed(away ? Outage.away(trouble, shared.pool().queueTimeout()) : Outage.unreachable(trouble));
            }
            boolean mayPass = trouble.cause() == Cause.BUSY || away;
            if (!mayPass || giveUpAt.isPast() || control.unwanted() || trouble.cause() != Cause.BUSY && others.any()) {
                throw new UpstreamException(UpstreamException.Kind.UNREACHABLE, "cannot connect to PHP-FPM at " + address + " as user "
                        + System.getProperty("user.name") + ": " + trouble.advice(), failure);
            }
            LockSupport.parkNanos(Math.min(pause, giveUpAt.remainingNanos()));
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
            connectBy = Deadline.in(shared.settings().connectTimeout()).orEarlier(giveUpAt);
        }
    }

    private UpstreamException explain(ExchangeException failed) {
        String where = "PHP-FPM at " + address + ": " + failed.getMessage();
        return switch (failed.kind()) {
            case TIMED_OUT -> new UpstreamException(UpstreamException.Kind.TIMED_OUT,
                    where + "; raise it, or responseTimeoutFor.PATH, if the script may take that long, else look at the pool's slow log",
                    failed);
            case LOST -> failed.begun()
                    ? broken(where + "; the worker died or was ended (look for a fatal signal, "
                            + "request_terminate_timeout or out of memory in PHP-FPM's own log)",
                            failed)
                    : new UpstreamException(UpstreamException.Kind.UNREACHABLE, where + advice(), failed);
            case REFUSED, NOT_FASTCGI -> broken(where + "; does PHP-FPM listen there, or something else?", failed);
            case OVERLOADED -> overloaded(where, failed);
            case ABORTED -> new UpstreamException(UpstreamException.Kind.ABORTED, where, failed);
            case FORSAKEN -> new UpstreamException(
                    failed.begun() ? UpstreamException.Kind.OUT_OF_REACH : UpstreamException.Kind.UNREACHABLE, where, failed);
        };
    }

    /** php-fpm accepts a client that it is not to serve, and then closes: fcgi_accept_request() of main/fastcgi.c. */
    private String advice() {
        return address instanceof Address.Tcp ? "; if it is not being stopped, see that listen.allowed_clients of its pool has our address"
                : "";
    }

    private UpstreamException broken(String what, ExchangeException failed) {
        health.broken(what);
        return new UpstreamException(UpstreamException.Kind.BROKEN, what, failed);
    }

    private UpstreamException overloaded(String where, ExchangeException failed) {
        health.failed(Outage.refusing(String.valueOf(failed.getMessage())));
        return new UpstreamException(UpstreamException.Kind.OVERLOADED, where, failed);
    }

    @Override
    public void close() {
        closed = true;
        idle.close();
    }
}
