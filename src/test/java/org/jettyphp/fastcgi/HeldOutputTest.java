package org.jettyphp.fastcgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jettyphp.peers.BareFpm;
import org.junit.jupiter.api.Test;

/** What PHP writes piece by piece is held for a moment, and no longer. Each pause is a packet for the client. */
class HeldOutputTest extends OnBareConnection {

    private static final int RECORDS = 100;
    private static final Duration LONG = Duration.ofMinutes(10);

    private int pauses;
    private boolean gathers = true;
    /** One for each piece of output that has come. */
    private final Semaphore came = new Semaphore(0);
    private final AtomicLong now = new AtomicLong();

    private void run(Exchange exchange) {
        assertTimeoutPreemptively(Duration.ofSeconds(30),
                () -> exchange.run(new RequestHead().finish(), RequestBody.NONE, false, new Output() {
                    @Override
                    public void output(ByteBuffer bytes) {
                        if (gathers) {
                            came.release();
                        }
                    }

                    @Override
                    public boolean gathers() {
                        return gathers;
                    }

                    @Override
                    public void pause() {
                        pauses++;
                        if (!gathers) {
                            came.release();
                        }
                    }
                }));
    }

    @Test
    void aRecordThatFollowsAtOnceIsNoPauseBeforeIt() throws Exception {
        Exchange exchange = withEachRecordAfterTheOther(RECORDS, Duration.ZERO);
        exchange.hold = LONG;
        run(exchange);
        assertEquals(0, pauses);
    }

    /** Otherwise a page that says every few milliseconds how far it is would be seen when it is through. */
    @Test
    void theFirstIsNotHeldForLongerBecauseOthersFollow() throws Exception {
        Exchange exchange = withEachRecordAfterTheOther(RECORDS, LONG.dividedBy(4));
        exchange.hold = LONG;
        run(exchange);
        assertTrue(pauses >= RECORDS / 6 && pauses <= RECORDS / 3, pauses + " pauses");
    }

    /** As a script does that says how far it is while it reads an upload: the upload goes on meanwhile, and must not hold that back. */
    @Test
    void whatComesWhileABodyIsSentIsNotHeldForLongerEither() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        with((line, number) -> {
            line.readThrough(BareFpm.PARAMS);
            line.wire().stdout("it comes");
            written.countDown();
            line.readThrough(BareFpm.STDIN);
            line.wire().end(0);
        });
        Upload upload = new Upload(written);
        AtomicLong sent = new AtomicLong(-1);
        Exchange exchange = new Exchange(connection, null, ByteBuffer.allocateDirect(Exchange.READ_BUFFER), Duration.ZERO, now::get);
        exchange.hold = LONG;
        exchange.run(new RequestHead().finish(), upload, false, new Output() {
            @Override
            public void output(ByteBuffer bytes) {}

            @Override
            public void pause() {
                sent.compareAndSet(-1, upload.read);
            }
        });
        assertTrue(sent.get() > 0 && sent.get() < 15 * 63 * 1024, sent + " bytes had been sent");
    }

    /** Each piece takes a tenth of the time for which output is held. */
    private final class Upload implements RequestBody {

        private final CountDownLatch since;
        private long read;

        Upload(CountDownLatch since) {
            this.since = since;
        }

        @Override
        public long length() {
            return 64 << 20;
        }

        @Override
        public int read(long position, ByteBuffer into) throws IOException {
            if (position > 0) {
                awaitOutput();
            }
            int size = into.remaining();
            into.position(into.limit());
            read += size;
            now.addAndGet(LONG.dividedBy(10).toNanos());
            return size;
        }

        private void awaitOutput() throws IOException {
            try {
                since.await();
            } catch (InterruptedException stopped) {
                throw new InterruptedIOException();
            }
        }

        @Override
        public void close() {}
    }

    /** An event is not held back for the next one, which here comes only when the one before has gone on. */
    @Test
    void whoGathersNothingIsToldOfEachPauseAtOnce() throws Exception {
        gathers = false;
        Exchange exchange = withEachRecordAfterTheOther(RECORDS, Duration.ZERO);
        exchange.hold = LONG;
        run(exchange);
        assertTrue(pauses >= RECORDS, pauses + " pauses");
    }

    /** By a clock that goes on by so much before each record, so that nothing waits. */
    private Exchange withEachRecordAfterTheOther(int records, Duration between) throws IOException {
        with((line, number) -> {
            line.readThrough(BareFpm.STDIN);
            for (int i = 0; i < records; i++) {
                now.addAndGet(between.toNanos());
                line.wire().stdout("a line of a page");
                came.acquire();
            }
            line.wire().end(0);
        });
        return new Exchange(connection, null, ByteBuffer.allocateDirect(Exchange.READ_BUFFER), Duration.ZERO, now::get);
    }
}
