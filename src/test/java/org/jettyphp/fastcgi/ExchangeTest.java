package org.jettyphp.fastcgi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jettyphp.fastcgi.ExchangeException.Kind;
import org.jettyphp.peers.BareFpm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One exchange, byte by byte on the wire, and who may wait for whom. */
class ExchangeTest extends OnBareConnection {

    private static final int MEGABYTES = 4 << 20;

    private long received;

    private boolean run(Exchange exchange, int bodySize, boolean keep) throws IOException {
        Output output = bytes -> received += bytes.remaining();
        return exchange.run(new RequestHead().finish(), new Body(bodySize, bodySize), keep, output);
    }

    private record Body(long length, long there) implements RequestBody {
        @Override
        public int read(long position, ByteBuffer into) {
            int room = into.remaining();
            for (long at = position; into.hasRemaining() && at < there; at++) {
                into.put((byte) ('a' + at % 26));
            }
            return room - into.remaining();
        }

        @Override
        public void close() {}
    }

    /** Written by hand from the specification, sections 3.3, 4.1 and 5.3. */
    @Test
    void theRecordsOnTheWireAreThoseOfTheSpecification() throws Exception {
        CompletableFuture<byte[]> question = new CompletableFuture<>();
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        Exchange exchange = with((line, number) -> {
            question.complete(line.read(25));
            line.answerValues();
            line.readThrough(BareFpm.PARAMS);
            body.complete(line.read(18));
            line.wire().end(0);
        });
        exchange.proveAccepted();
        run(exchange, 2, false);
        byte[] getValues =
                {1, 9, 0, 0, 0, 17, 0, 0, /* GET_VALUES, id 0, 17 bytes */ 15, 0, 'F', 'C', 'G', 'I', '_', 'M', 'P', 'X', 'S', '_',
                        'C', 'O', 'N', 'N', 'S'};
        byte[] stdin = {1, 5, 0, 1, 0, 2, 0, 0, /* STDIN, 2 bytes */ 'a', 'b', 1, 5, 0, 1, 0, 0, 0, 0 /* STDIN, empty: the end */};
        assertArrayEquals(getValues, question.get());
        assertArrayEquals(stdin, body.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32_767, 32_768, 32_769, 65_535, 65_536, 1_000_001})
    void aBodyOfAnySizeArrivesWholeAndEndsOnce(int size) throws Exception {
        CompletableFuture<List<Integer>> sizes = new CompletableFuture<>();
        StringBuilder body = new StringBuilder();
        Exchange exchange = with((line, number) -> {
            line.readThrough(BareFpm.PARAMS);
            List<Integer> records = new ArrayList<>();
            BareFpm.Record record;
            do {
                record = line.record();
                records.add(record.content().length);
                body.append(new String(record.content(), StandardCharsets.US_ASCII));
            } while (record.content().length > 0);
            sizes.complete(records);
            line.wire().end(0);
        });
        run(exchange, size, false);
        assertEquals(size, sizes.get().stream().mapToInt(Integer::intValue).sum());
        for (int at = 0; at < size; at++) {
            assertEquals((char) ('a' + at % 26), body.charAt(at));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 3", "1, 6", "1, 9"})
    void anAnswerToTheQuestionThatIsNoneIsNoProof(int at, byte value) throws Exception {
        byte[] result = {1, 10, 0, 0, 0, 3, 1, 0, 1, 0, 'X', 0};
        result[at] = value;
        Exchange exchange = with((line, number) -> {
            line.record();
            line.wire().raw(result);
            line.read(1);
        });
        ExchangeException refused = assertThrows(ExchangeException.class, exchange::proveAccepted);
        assertEquals(Kind.NOT_FASTCGI, refused.kind());
        assertFalse(refused.begun(), "nothing of the request was written");
    }

    @Test
    void aPaddedAnswerToTheQuestionInSingleBytesIsProof() throws Exception {
        Exchange exchange = with((line, number) -> {
            line.record();
            line.wire().pieces(1).padding(255).record(10, 0, new byte[] {1, 0, 'X'});
            line.readThrough(BareFpm.STDIN);
            line.wire().padding(0).stdout("12345").end(0);
        });
        exchange.proveAccepted();
        run(exchange, 0, false);
        assertEquals(5, received);
    }

    @Test
    void whoClosesAtTheQuestionHasNotBegun() throws Exception {
        Exchange exchange = with((line, number) -> line.record());
        ExchangeException lost = assertThrows(ExchangeException.class, exchange::proveAccepted);
        assertEquals(Kind.LOST, lost.kind());
        assertFalse(lost.begun() || lost.answered());
    }

    /** Whoever only wrote until the body is out would wait for ever: neither side's socket buffer takes so much. */
    @Test
    void megabytesOfAnswerBeforeTheBodyIsReadDoNotBlock() throws Exception {
        Exchange exchange = with((line, number) -> {
            line.readThrough(BareFpm.PARAMS);
            String block = "x".repeat(1 << 15);
            for (int sent = 0; sent < MEGABYTES; sent += block.length()) {
                line.wire().stdout(block);
            }
            line.readThrough(BareFpm.STDIN);
            line.wire().end(0);
        });
        run(exchange, MEGABYTES, false);
        assertEquals(MEGABYTES, received);
    }

    @Test
    void anAnswerWithoutTheBodyHavingBeenReadIsAnAnswerButNoConnectionToKeep() throws Exception {
        Exchange exchange = with((line, number) -> {
            line.readThrough(BareFpm.PARAMS);
            line.wire().stdout("not interested").end(0);
        });
        assertFalse(run(exchange, MEGABYTES, true));
        assertEquals(14, received);
    }

    @ParameterizedTest
    @CsvSource({"true, false, true", "true, true, false", "false, false, false"})
    void onlyACleanAndSilentEndKeepsTheConnection(boolean keep, boolean stray, boolean kept) throws Exception {
        Exchange exchange = with((line, number) -> {
            line.readThrough(BareFpm.STDIN);
            byte[] end = {1, 3, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 6, 0, 1, 0, 0, 0, 0};
            line.wire().raw(java.util.Arrays.copyOf(end, stray ? end.length : 16));
            line.read(1);
        });
        assertEquals(kept, run(exchange, 0, keep));
    }

    @Test
    void aBodyShorterThanPromisedIsNotSentAsIfItWereWhole() throws Exception {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Exchange exchange = with((line, number) -> {
            try {
                line.readThrough(BareFpm.STDIN);
                ended.complete(true);
            } catch (IOException closed) {
                ended.complete(false);
            }
        });
        assertThrows(IOException.class,
                () -> exchange.run(new RequestHead().finish(), new Body(100, 99), false, null));
        connection.close();
        assertFalse(ended.get());
    }

    /** By a clock that jumps, so that nothing waits: ten minutes pass between two looks at it. */
    @ParameterizedTest
    @CsvSource({"false, no byte of an answer", "true, nothing more of the answer"})
    void silenceHasALimit(boolean begun, String said) throws Exception {
        with((line, number) -> {
            line.readThrough(BareFpm.STDIN);
            if (begun) {
                line.wire().stdout("x");
            }
            line.read(1);
        });
        AtomicLong now = new AtomicLong();
        Duration limit = Duration.ofMinutes(15);
        Exchange exchange = new Exchange(connection, null, ByteBuffer.allocateDirect(Exchange.READ_BUFFER), limit,
                () -> {
                    poller.wakeup();
                    return begun && received == 0 ? 0 : now.addAndGet(Duration.ofMinutes(10).toNanos());
                });
        ExchangeException silent = assertThrows(ExchangeException.class, () -> run(exchange, 0, false));
        assertEquals(Kind.TIMED_OUT, silent.kind());
        assertEquals(said + " came for 900000 ms, the limit (responseTimeout)", silent.getMessage());
        assertEquals(begun, silent.answered());
    }

    @Test
    void anotherThreadCanEndIt() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        Exchange exchange = with(Duration.ZERO, (line, number) -> {
            line.readThrough(BareFpm.STDIN);
            runs.countDown();
            line.read(1);
        });
        CompletableFuture<Kind> how = CompletableFuture
                .supplyAsync(() -> assertThrows(ExchangeException.class, () -> run(exchange, 0, false)).kind());
        runs.await();
        exchange.abort();
        poller.wakeup();
        assertEquals(Kind.ABORTED, how.get());
    }

    @ParameterizedTest
    @CsvSource({"1, FCGI_CANT_MPX_CONN", "2, FCGI_OVERLOADED", "3, FCGI_UNKNOWN_ROLE", "9, protocol status 9"})
    void anEndThatIsNotRequestCompleteIsARefusal(int status, String said) throws Exception {
        Exchange exchange = with((line, number) -> {
            line.readThrough(BareFpm.STDIN);
            line.wire().stdout("x").end(status);
        });
        ExchangeException refused = assertThrows(ExchangeException.class, () -> run(exchange, 0, false));
        assertEquals(status == 2 ? Kind.OVERLOADED : Kind.REFUSED, refused.kind());
        assertTrue(refused.getMessage().endsWith(said), refused.getMessage());
    }
}
