package org.jettyphp.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.Settings;
import org.jettyphp.config.SettingsReader;
import org.jettyphp.events.Events;
import org.jettyphp.events.NoSlot;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.fastcgi.RequestBody;
import org.jettyphp.fastcgi.RequestHead;
import org.jettyphp.fastcgi.ResponseSink;
import org.jettyphp.peers.BareFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.jettyphp.pool.ExchangeThread;
import org.jettyphp.pool.Job;
import org.jettyphp.pool.Lane;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.transport.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sent before the thread of its exchange is awake. */
@Timeout(30)
class SentAheadTest {

    private record Request(String id, String site, String method, String uri, String script, String client) implements RequestInfo {}

    private BareFpm fpm;
    private UpstreamGroup group;

    @AfterEach
    void close() throws IOException {
        group.close();
        if (fpm != null) {
            fpm.close();
        }
    }

    private void at(String socket, int kept) {
        Settings settings = new SettingsReader(List.of(UpstreamSettings.class, PoolSettings.class)).read(List.of(
                SettingSource.flag("max-connections", "1"), SettingSource.flag("keep-alive", Integer.toString(kept))));
        group = UpstreamGroup.of(new Address.Unix(Path.of(socket)), settings.get(UpstreamSettings.class), settings.get(PoolSettings.class),
                Events.UNHEARD);
    }

    private void with(int kept, BareFpm.Script script) throws IOException {
        fpm = BareFpm.onUnixSocket(script);
        at(fpm.target(), kept);
    }

    /** A request whose exchange begins when it is told to. */
    private final class Asked implements Job, ResponseSink {

        final ExchangeControl control = new ExchangeControl();
        final CountDownLatch goOn = new CountDownLatch(1);
        final CompletableFuture<String> answer = new CompletableFuture<>();
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private final PhpRequest request;

        Asked(String method) {
            RequestHead head = new RequestHead();
            head.add("REQUEST_METHOD".getBytes(StandardCharsets.US_ASCII), method.getBytes(StandardCharsets.US_ASCII));
            request = new PhpRequest(request(), head.finish(), RequestBody.NONE, method.equals("GET"), Duration.ofSeconds(20));
        }

        Asked submit() {
            group.slots().submit(this);
            return this;
        }

        @Override
        public RequestInfo request() {
            return new Request("id", "", "GET", "/", "/x.php", "c");
        }

        @Override
        public void ahead(Lane lane) {
            group.ahead(request, lane, control);
        }

        @Override
        public Outcome run(ExchangeThread thread, Lane lane) {
            try {
                goOn.await();
                group.exchange(request, thread, lane, this, control);
                answer.complete(output.toString(StandardCharsets.US_ASCII));
            } catch (IOException | InterruptedException failed) {
                answer.completeExceptionally(failed);
            }
            return Outcome.DONE;
        }

        @Override
        public void refuse(NoSlot why) {
            answer.completeExceptionally(new IllegalStateException(why.toString()));
        }

        @Override
        public void output(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                output.write(bytes.get());
            }
        }

        @Override
        public void error(ByteBuffer bytes) {}

        @Override
        public void pause() {}

        String answer() throws Exception {
            return answer.get(20, TimeUnit.SECONDS);
        }

        Throwable failure() throws Exception {
            return answer.handle((text, failed) -> failed).get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void phpHasTheWholeRequestBeforeTheThreadOfItsExchangeRuns() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        with(0, (line, number) -> {
            line.readThrough(BareFpm.STDIN);
            received.countDown();
            line.wire().stdout("ok").end(0);
        });
        Asked asked = new Asked("GET").submit();
        assertTrue(received.await(20, TimeUnit.SECONDS));
        asked.goOn.countDown();
        assertEquals("ok", asked.answer());
        assertEquals(1, fpm.connections());
    }

    @Test
    void soItIsOverAKeptConnection() throws Exception {
        CountDownLatch again = new CountDownLatch(2);
        with(1, (line, number) -> {
            while (true) {
                line.readThrough(BareFpm.STDIN);
                again.countDown();
                line.wire().stdout("ok").end(0);
            }
        });
        Asked first = new Asked("GET").submit();
        first.goOn.countDown();
        assertEquals("ok", first.answer());
        Until.true_("its slot is free", () -> group.slots().usage().busy() == 0);
        Asked second = new Asked("GET").submit();
        assertTrue(again.await(20, TimeUnit.SECONDS));
        second.goOn.countDown();
        assertEquals("ok", second.answer());
        assertEquals(1, fpm.connections());
    }

    /** Its connection has to tell first whether a worker has taken it, and that takes a round trip. */
    @Test
    void whatMustNotRunTwiceIsNotSentAhead() throws Exception {
        with(0, (line, number) -> {
            line.record();
            line.answerValues();
            line.readThrough(BareFpm.STDIN);
            line.wire().stdout("ok").end(0);
        });
        Asked asked = new Asked("POST").submit();
        assertFalse(asked.control.hasBegun());
        asked.goOn.countDown();
        assertEquals("ok", asked.answer());
    }

    @Test
    void whatNobodyWantsAnyMoreIsNotSentAhead() throws Exception {
        with(0, (line, number) -> line.readThrough(BareFpm.STDIN));
        Asked asked = new Asked("GET");
        asked.control.abort();
        asked.submit();
        assertFalse(asked.control.hasBegun());
        asked.goOn.countDown();
        assertTrue(asked.failure().getMessage().contains("ended by us"), asked.failure().getMessage());
    }

    @Test
    void whereNobodyListensItIsTheExchangeThatSaysSo() throws Exception {
        Path directory = Trees.create();
        at(directory.resolve("nothing.sock").toString(), 0);
        Asked asked = new Asked("GET").submit();
        assertFalse(asked.control.hasBegun());
        asked.goOn.countDown();
        assertTrue(asked.failure().getMessage().contains("cannot connect to PHP-FPM at unix:" + directory), asked.failure().getMessage());
        Trees.delete(directory);
    }

    @Test
    void aWorkerThatEndsInsteadIsOneAttempt() throws Exception {
        with(0, (line, number) -> line.readThrough(BareFpm.STDIN));
        Asked asked = new Asked("GET").submit();
        asked.goOn.countDown();
        assertTrue(asked.failure().getMessage().contains("the worker died or was ended"), asked.failure().getMessage());
        assertEquals(2, fpm.connections());
    }

    /** As all that PHP has begun: its slot is free when its worker is. */
    @Test
    void whoIsNotWantedAnyMoreIsAbortedAndItsWorkerWaitedFor() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        AtomicReference<Asked> asking = new AtomicReference<>();
        AtomicBoolean waitedFor = new AtomicBoolean();
        with(0, (line, number) -> {
            line.readThrough(BareFpm.STDIN);
            received.countDown();
            try {
                while (true) {
                    line.wire().stdout("whether it is wanted PHP learns by writing");
                }
            } finally {
                waitedFor.set(!asking.get().answer.isDone());
            }
        });
        Asked asked = new Asked("GET");
        asking.set(asked.submit());
        assertTrue(received.await(20, TimeUnit.SECONDS));
        assertFalse(asked.control.abortUnlessBegun(), "it has begun");
        asked.control.abort();
        asked.goOn.countDown();
        assertTrue(asked.failure().getMessage().contains("ended by us"), asked.failure().getMessage());
        assertTrue(waitedFor.get());
    }

    @Test
    void withoutAnExchangeItsConnectionIsClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        with(0, (line, number) -> {
            line.readThrough(BareFpm.STDIN);
            try {
                line.read(1);
            } finally {
                closed.countDown();
            }
        });
        Asked asked = new Asked("GET").submit();
        assertTrue(asked.control.hasBegun());
        asked.control.closeUnused();
        assertTrue(closed.await(20, TimeUnit.SECONDS));
        assertFalse(asked.control.hasBegun());
        asked.control.abort();
        asked.goOn.countDown();
    }
}
