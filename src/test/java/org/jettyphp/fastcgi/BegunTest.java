package org.jettyphp.fastcgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jettyphp.fastcgi.ExchangeException.Kind;
import org.jettyphp.peers.BareFpm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the loss of a connection says about a request that must not run twice: over a Unix socket, whether PHP can have begun. */
class BegunTest extends OnBareConnection {

    private static final int RECORD_HEAD = 8;

    private final ByteBuffer answer = ByteBuffer.allocate(100);
    private static RequestHead head(int size) {
        RequestHead head = new RequestHead();
        head.add("X".getBytes(StandardCharsets.US_ASCII), new byte[size]);
        return head.finish();
    }

    private void run(Exchange exchange, RequestHead head) throws IOException {
        exchange.run(head, RequestBody.NONE, false, (Output) bytes -> answer.put(bytes));
    }

    /** As a worker that is told to end when it has answered the question (php-src, {@code fcgi_accept_request}). */
    @ParameterizedTest
    @ValueSource(ints = {600, 1100, 5000, 60_000})
    void whoClosesWithoutHavingReadTheHeadHasNotBegun(int size) throws Exception {
        Exchange exchange = with((line, number) -> {
            line.record();
            line.answerValues();
        });
        ExchangeException lost = assertThrows(ExchangeException.class, () -> exchange.begin(head(size)));
        assertEquals(Kind.LOST, lost.kind());
        assertFalse(lost.begun());
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 1100, 5000, 60_000})
    void whoClosesOneByteBeforeTheEndOfTheHeadHasNotBegun(int size) throws Exception {
        int length = head(size).forConnection(false).remaining();
        Exchange exchange = with((line, number) -> {
            line.record();
            line.answerValues();
            line.read(length - 1);
        });
        assertFalse(assertThrows(ExchangeException.class, () -> exchange.begin(head(size))).begun());
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 1100, 5000, 60_000})
    void whoClosesWhenItHasReadTheHeadMayHaveBegun(int size) throws Exception {
        Exchange exchange = with((line, number) -> {
            line.record();
            line.answerValues();
            line.readThrough(BareFpm.PARAMS);
        });
        ExchangeException lost = assertThrows(ExchangeException.class, () -> {
            exchange.begin(head(size));
            run(exchange, head(size));
        });
        assertEquals(Kind.LOST, lost.kind());
        assertTrue(lost.begun());
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 1100, 5000, 60_000})
    void theRestFollowsWhenTheHeadHasBeenRead(int size) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Exchange exchange = with((line, number) -> {
            line.record();
            line.answerValues();
            line.readThrough(BareFpm.PARAMS);
            line.wire().stdout("early ");
            goOn.await();
            line.read(RECORD_HEAD);
            line.wire().stdout("late").end(0);
        });
        RequestHead head = head(size);
        exchange.begin(head);
        goOn.countDown();
        run(exchange, head);
        assertEquals("early late", new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII));
    }

    /** Too short for the proof: the question alone has to do. */
    @Test
    void aShortHeadGoesOutWithTheRest() throws Exception {
        Exchange exchange = with((line, number) -> {
            line.readThrough(BareFpm.STDIN);
            line.wire().stdout("ok").end(0);
        });
        RequestHead head = head(10);
        exchange.begin(head);
        run(exchange, head);
        assertEquals(2, answer.position());
    }

    @Test
    void whoReadsNothingForTooLongIsGivenUp() throws Exception {
        Exchange exchange = with(Duration.ofMillis(100), (line, number) -> {
            line.record();
            line.answerValues();
            new CountDownLatch(1).await();
        });
        ExchangeException silent = assertThrows(ExchangeException.class, () -> exchange.begin(head(2000)));
        assertEquals(Kind.TIMED_OUT, silent.kind());
        assertEquals("the request was not read for 100 ms, the limit (responseTimeout)", silent.getMessage());
    }
}
