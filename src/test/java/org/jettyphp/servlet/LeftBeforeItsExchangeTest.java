package org.jettyphp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jettyphp.cgi.ResponseHead;
import org.jettyphp.events.NoSlot;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.fastcgi.RequestBody;
import org.jettyphp.fastcgi.RequestHead;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.BareFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.jettyphp.pool.ExchangeThread;
import org.jettyphp.pool.Job;
import org.jettyphp.pool.Lane;
import org.jettyphp.upstream.PhpRequest;
import org.jettyphp.upstream.UpstreamGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client who leaves when its request has been sent ahead, and the thread of its exchange is not awake. */
@Timeout(60)
class LeftBeforeItsExchangeTest {

    private final List<String> happened = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final CountDownLatch received = new CountDownLatch(1);
    private Path root;
    private BareFpm fpm;
    private PhpServer server;
    private UpstreamGroup upstream;
    private ProxiedRequest request;

    @AfterEach
    void close() throws Exception {
        server.close();
        fpm.close();
        Trees.delete(root);
    }

    private void behind(BareFpm.Script worker) throws Exception {
        root = Trees.create();
        fpm = BareFpm.onUnixSocket((line, number) -> {
            line.readThrough(BareFpm.STDIN);
            received.countDown();
            worker.serve(line, number);
        });
        server = PhpServer.serving(root).target(fpm.target()).set("accessLog", "off").set("stopTimeout", "500ms").port(0).build();
        server.start();
        PhpContext context = Objects.requireNonNull(PhpContext.of(server.context().getServletContext()));
        upstream = context.upstreams().main();
        RequestLine line = new RequestLine("", "GET", "/x.php", "/srv/x.php", "127.0.0.1", "id", new Timings());
        PhpRequest php = new PhpRequest(line, new RequestHead().finish(), new Body(), true, Duration.ofSeconds(20));
        request = new ProxiedRequest(context, upstream, php, line, new Hearing());
    }

    private final class Body implements RequestBody {
        @Override
        public long length() {
            return 0;
        }

        @Override
        public int read(long position, ByteBuffer into) {
            return 0;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    /** Whoever looks for it finds that it has left, and that its request is to be stopped. */
    private final class Hearing implements Client {
        @Override
        public void lookWhetherItHasLeft() {
            request.abandon();
        }

        @Override
        public boolean takesFiles() {
            return false;
        }

        @Override
        public void file(ResponseHead head, Path file) {}

        @Override
        public boolean intercepts(int status) {
            return false;
        }

        @Override
        public void intercepted(ResponseHead head) {}

        @Override
        public void whole(ResponseHead head, byte[] body, int length) {
            happened.add("answered " + new String(body, 0, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void begin(ResponseHead head) {}

        @Override
        public void body(ByteBuffer bytes) {}

        @Override
        public void flush() {}

        @Override
        public void end() {}

        @Override
        public void fail(Failure failure) {
            happened.add("failed with " + failure.status());
        }
    }

    /** The request, with a thread that does something before it wakes up. */
    private record Held(ProxiedRequest held, Runnable before, List<String> happened) implements Job {
        @Override
        public RequestInfo request() {
            return held.request();
        }

        @Override
        public void ahead(Lane lane) {
            held.ahead(lane);
        }

        @Override
        public boolean isWanted() {
            before.run();
            return held.isWanted();
        }

        @Override
        public Outcome run(ExchangeThread thread, Lane lane) {
            happened.add("run");
            return held.run(thread, lane);
        }

        @Override
        public void refuse(NoSlot why) {
            happened.add("refused " + why);
            held.refuse(why);
        }
    }

    /** Begins, and waits until it is over; meanwhile something happens between its being sent and its exchange. */
    private void begin(Runnable between) throws Exception {
        upstream.slots().submit(new Held(request, between, happened));
        Until.true_("it is over", () -> upstream.slots().usage().busy() == 0);
        assertEquals(1, closed.get(), "its body is closed");
    }

    private void untilReceived() {
        try {
            assertTrue(received.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** As all that PHP has begun: its worker is aborted, and its slot in use until that is free. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsToBeStoppedEndsLikeAllThatPhpHasBegun(boolean found) throws Exception {
        behind((line, number) -> {
            try {
                while (true) {
                    line.wire().stdout("whether it is wanted PHP learns by writing");
                }
            } finally {
                happened.add("PHP has ended with " + upstream.slots().usage().busy() + " slots in use");
            }
        });
        long since = System.nanoTime();
        begin(() -> {
            untilReceived();
            while (found && System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(20)) {
                // Who has just come is not looked for.
                Thread.onSpinWait();
            }
            if (!found) {
                request.abandon();
            }
        });
        Until.true_("PHP has ended", () -> happened.size() == 2);
        assertEquals(List.of("run", "PHP has ended with 1 slots in use"), happened);
    }

    /** {@code onClientAbort=finish}, and the client has gone with a reset: what has not begun would not begin any more. */
    @Test
    void whatIsToBeFinishedIs() throws Exception {
        behind((line, number) -> line.wire().stdout("Content-Type: text/plain\r\n\r\nok").end(0));
        begin(() -> request.abandonUnlessBegun());
        assertEquals(List.of("run", "answered ok"), happened);
    }

    @Test
    void whoHasLeftBeforeIsNotSent() throws Exception {
        behind((line, number) -> {});
        request.abandon();
        begin(() -> {});
        assertEquals(List.of("refused ABANDONED"), happened);
        assertEquals(0, fpm.connections());
    }

    /** As when there is no thread for its exchange: the worker is not left alone with it. */
    @Test
    void whatIsRefusedAlthoughItHasBeenSentIsGivenUp() throws Exception {
        behind((line, number) -> {
            try {
                line.read(1);
            } finally {
                happened.add("PHP has ended");
            }
        });
        begin(() -> {
            untilReceived();
            request.refuse(NoSlot.NO_THREAD);
            throw new IllegalStateException("on purpose: it ends without an exchange");
        });
        Until.true_("PHP has ended", () -> happened.size() == 2);
        assertEquals(List.of("PHP has ended", "failed with 503"), happened.stream().sorted().toList());
    }
}
