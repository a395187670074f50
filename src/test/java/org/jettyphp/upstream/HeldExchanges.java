package org.jettyphp.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.Settings;
import org.jettyphp.config.SettingsReader;
import org.jettyphp.events.Events;
import org.jettyphp.events.NoSlot;
import org.jettyphp.events.PhpListener;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.fastcgi.RequestBody;
import org.jettyphp.fastcgi.RequestHead;
import org.jettyphp.fastcgi.ResponseSink;
import org.jettyphp.peers.BareFpm;
import org.jettyphp.pool.ExchangeThread;
import org.jettyphp.pool.Job;
import org.jettyphp.pool.Lane;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.transport.AddressNotation;
import org.junit.jupiter.api.AfterEach;

/** Requests whose exchanges begin when a test wants it, behind a server that it scripts byte by byte. */
abstract class HeldExchanges {

    static final int LARGE = 60_000;

    private record Request(String id, String site, String method, String uri, String script, String client) implements RequestInfo {}

    BareFpm fpm;
    UpstreamGroup group;
    int slots = 1;
    final List<String> told = new CopyOnWriteArrayList<>();

    private final Events events = new Events(List.of(new PhpListener() {
        @Override
        public void out(String target, Duration pause, String cause) {
            told.add("out");
        }

        @Override
        public void back(String target) {
            told.add("back");
        }
    }));

    @AfterEach
    void close() throws IOException {
        group.close();
        if (fpm != null) {
            fpm.close();
        }
    }

    void at(String target, int kept) {
        Settings settings = new SettingsReader(List.of(UpstreamSettings.class, PoolSettings.class)).read(List.of(
                SettingSource.flag("max-connections", Integer.toString(slots)), SettingSource.flag("keep-alive", Integer.toString(kept))));
        group = UpstreamGroup.of(AddressNotation.read(target), settings.get(UpstreamSettings.class), settings.get(PoolSettings.class),
                events);
    }

    void with(int kept, BareFpm.Script script) throws IOException {
        behind(BareFpm.onUnixSocket(script), kept);
    }

    void behind(BareFpm peer, int kept) {
        fpm = peer;
        at(peer.target(), kept);
    }

    /** A request whose exchange begins when it is told to. */
    final class Asked implements Job, ResponseSink {

        final ExchangeControl control = new ExchangeControl();
        final CountDownLatch goOn = new CountDownLatch(1);
        final CompletableFuture<String> answer = new CompletableFuture<>();
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private final PhpRequest request;

        Asked(String method) {
            this(method, 0, RequestBody.NONE);
        }

        /** @param more how many variables of {@link #LARGE} bytes it has besides */
        Asked(String method, int more, RequestBody body) {
            RequestHead head = new RequestHead();
            head.add("REQUEST_METHOD".getBytes(StandardCharsets.US_ASCII), method.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < more; i++) {
                head.add(new byte[] {'X', (byte) ('0' + i)}, new byte[LARGE]);
            }
            request = new PhpRequest(request(), head.finish(), body, method.equals("GET"), Duration.ofSeconds(20));
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
}
