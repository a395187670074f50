package org.jettyphp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jettyphp.buffer.BodyPipe;
import org.jettyphp.buffer.SpoolSettings;
import org.jettyphp.buffer.SpoolSpace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits on clients, by a clock that the test turns: nothing waits. */
class LimitsByTheClockTest {

    @TempDir Path directory;

    private final AtomicLong now = new AtomicLong(-5_000_000_000L);
    private final List<Failure> failures = new ArrayList<>();
    private boolean ready;
    private int left;
    private SpoolSpace space;

    @BeforeEach
    void open() throws Exception {
        space = SpoolSpace.open(new SpoolSettings(0, true, 65536, 65536, 0, null, null, directory));
    }

    @AfterEach
    void close() throws Exception {
        space.close();
    }

    private Silence silence(int seconds) {
        return new Silence(Duration.ofSeconds(seconds), 0, now::get);
    }

    private void pass(double seconds) {
        now.addAndGet((long) (seconds * 1e9));
    }

    @Test
    void silenceCountsOnlyWhileItIsTheClientsTurn() {
        Silence silence = silence(30);
        pass(100);
        assertFalse(silence.isTooLong(now.get()), "not its turn yet");
        silence.begins();
        pass(29.9);
        assertFalse(silence.isTooLong(now.get()));
        pass(0.3);
        assertTrue(silence.isTooLong(now.get()));
        assertEquals("for 30.2 s, the limit is sendTimeout=30s", silence.text(now.get(), "sendTimeout"));
        silence.ends();
        assertFalse(silence.isTooLong(now.get()));
        Silence unlimited = silence(0);
        unlimited.begins();
        pass(1e6);
        assertFalse(unlimited.isTooLong(now.get()));
    }

    @Test
    void anUploadEndsWhenNothingHasComeForTheLimitNotWhenItTakesLong() throws Exception {
        left = 5;
        BodyReceiver receiver = new BodyReceiver(new Incoming(), space.spool(), new BodyLimits(100, 0), silence(30), new Noting());
        for (int i = 0; i < 5; i++) {
            pass(29);
            ready = true;
            receiver.onDataAvailable();
            receiver.look(now.get());
        }
        assertEquals(List.of(), failures);
        pass(31);
        receiver.look(now.get());
        assertEquals(List.of(new Failure(408,
                "nothing more of the request body came after 5 of 100 bytes for 31.0 s, the limit is bodyTimeout=30s", 0)), failures);
        receiver.look(now.get());
        assertEquals(1, failures.size(), "said once");
        assertFalse(receiver.isComing());
    }

    @Test
    void anUploadThatTricklesEndsWhenItsBytesHaveNotBoughtTheTimeItTook() throws Exception {
        left = 100;
        Silence trickle = new Silence(Duration.ofSeconds(30), 10, now::get);
        BodyReceiver receiver = new BodyReceiver(new Incoming(), space.spool(), new BodyLimits(1000, 0), trickle, new Noting());
        for (int i = 1; i <= 29; i++) {
            pass(1);
            ready = true;
            receiver.onDataAvailable();
            receiver.look(now.get());
        }
        pass(3.9);
        receiver.look(now.get());
        assertEquals(List.of(), failures, "2.9 s beyond the first 30 cost 29 bytes");
        pass(0.6);
        receiver.look(now.get());
        assertEquals(List.of(new Failure(408,
                "nothing more of the request body came after 29 of 1000 bytes in 33.5 s, the limit is minBodyRate=10 bytes a second", 0)),
                failures);
    }

    @Test
    void timeInWhichItIsPhpsTurnCostsAnUploadNothing() {
        Silence trickle = new Silence(Duration.ofSeconds(30), 10, now::get);
        trickle.begins();
        pass(20);
        trickle.ends();
        pass(1000);
        assertFalse(trickle.isTooSlow(now.get(), 0));
        trickle.begins();
        pass(11);
        assertTrue(trickle.isTooSlow(now.get(), 9));
        assertFalse(trickle.isTooSlow(now.get(), 10));
    }

    @Test
    void theContainersOwnLimitIsA408TooAndABrokenBodyA400() {
        BodyLimits limits = new BodyLimits(-1, 0);
        assertEquals(408, limits.incomplete(7, new TimeoutException("Idle timeout expired")).status());
        assertEquals(408, limits.incomplete(7, new java.io.IOException(new SocketTimeoutException())).status());
        assertEquals(400, limits.incomplete(7, new java.io.EOFException("Early EOF")).status());
    }

    @Test
    void aReaderIsTooSlowWhenItHasTakenNothingForTheLimit() throws Exception {
        Silence reading = silence(60);
        BodyPipe pipe = space.pipe();
        Outgoing out = new Outgoing();
        ClientWriter writer = new ClientWriter(out, pipe, reading, new ClientWriter.End() {
            @Override
            public boolean aborts() {
                return false;
            }

            @Override
            public void written() {}

            @Override
            public void broken(Throwable cause) {
                throw new AssertionError(cause);
            }

            @Override
            public void unreadable(Throwable cause) {
                throw new AssertionError(cause);
            }
        });
        pass(1000);
        assertFalse(reading.isTooLong(now.get()), "there was nothing to read");
        pipe.write(ByteBuffer.wrap(new byte[100]));
        pipe.end();
        writer.onWritePossible();
        pass(61);
        assertTrue(reading.isTooLong(now.get()));
        ready = true;
        writer.onWritePossible();
        assertEquals(100, out.written);
        pass(1000);
        assertFalse(reading.isTooLong(now.get()), "it has all there is");
        pipe.close();
    }

    private final class Noting implements BodyReceiver.Received {
        @Override
        public void complete() {
            throw new AssertionError("complete");
        }

        @Override
        public void failed(Failure failure) {
            failures.add(failure);
        }
    }

    /** Brings one byte each time it is ready. */
    private final class Incoming extends ServletInputStream {
        @Override
        public boolean isFinished() {
            return left == 0 && !ready;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            assertNull(listener);
        }

        @Override
        public int read() {
            ready = false;
            left--;
            return 'x';
        }

        @Override
        public int read(byte[] into) {
            into[0] = (byte) read();
            return 1;
        }
    }

    private final class Outgoing extends ServletOutputStream {
        private int written;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            assertNull(listener);
        }

        @Override
        public void write(int one) {
            written++;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            written += length;
        }
    }
}
