package org.jettyphp.fastcgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.jettyphp.fastcgi.RecordReader.MalformedRecordException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** STDOUT, STDERR and END_REQUEST as they come from php-fpm. */
class RecordReaderTest {

    /** Written by hand from the FastCGI specification, sections 3.3, 5.3 and 5.5; the reserved bytes are not zero on purpose. */
    private static final byte[] ANSWER = {
            1, 7, 0, 1, 0, 3, 5, 9, /* STDERR, id 1, 3 bytes and 5 of padding */ 'e', 'r', 'r', 0, 0, 0, 0, 0,
            1, 6, 0, 1, 0, 5, 3, 0, /* STDOUT, 5 bytes and 3 */ 'h', 'e', 'l', 'l', 'o', 7, 7, 7,
            1, 6, 0, 1, 0, 0, 0, 0, /* STDOUT, empty */
            1, 6, 0, 1, 0, 1, 0, 0, /* STDOUT, 1 byte */ '!',
            1, 3, 0, 1, 0, 8, 2, 0, /* END_REQUEST, 8 bytes and 2 */ 0, 0, 0, 42, 0, 1, 1, 1, /* appStatus 42, complete */ 0, 0};

    private final RecordReader reader = new RecordReader();
    private final Collected sink = new Collected();

    private static byte[] record(int type, byte[] content, int padding) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + content.length + padding);
        bytes.put(new byte[] {1, (byte) type, 0, 1}).putShort((short) content.length).put((byte) padding).put((byte) 0).put(content);
        return bytes.array();
    }

    private void assertRead(String output, String error) {
        assertTrue(reader.ended());
        assertEquals(RecordReader.REQUEST_COMPLETE, reader.protocolStatus());
        assertEquals(output, sink.output.toString());
        assertEquals(error, sink.error.toString());
    }

    @Test
    void theRecordsOfTheSpecificationAreRead() throws IOException {
        reader.read(ByteBuffer.wrap(ANSWER), sink);
        assertRead("hello!", "err");
    }

    @Test
    void anAnswerCutInTwoAtAnyByteIsTheSame() throws IOException {
        for (int cut = 0; cut <= ANSWER.length; cut++) {
            RecordReaderTest own = new RecordReaderTest();
            own.reader.read(ByteBuffer.wrap(ANSWER, 0, cut), own.sink);
            assertEquals(cut == ANSWER.length, own.reader.ended(), "ended after " + cut + " bytes");
            own.reader.read(ByteBuffer.wrap(ANSWER, cut, ANSWER.length - cut), own.sink);
            own.assertRead("hello!", "err");
        }
    }

    @Test
    void anAnswerThatComesByteByByteIsTheSame() throws IOException {
        for (byte next : ANSWER) {
            assertFalse(reader.ended());
            reader.read(ByteBuffer.wrap(new byte[] {next}), sink);
        }
        assertRead("hello!", "err");
    }

    @Test
    void whatIsWrittenWithAnySizeAndAnyPaddingIsReadBack() throws IOException {
        Random random = new Random(5);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        for (int padding = 0; padding < 256; padding++) {
            byte[] content = new byte[padding == 200 ? 65_535 : padding == 201 ? 65_528 : random.nextInt(600)];
            random.nextBytes(content);
            boolean toError = random.nextInt(4) == 0;
            (toError ? error : output).write(content);
            wire.write(record(toError ? 7 : 6, content, padding));
        }
        wire.write(record(3, new byte[8], 255));
        ByteBuffer all = ByteBuffer.wrap(wire.toByteArray());
        while (all.hasRemaining()) {
            assertFalse(reader.ended());
            int size = Math.min(all.remaining(), 1 + random.nextInt(5000));
            reader.read(all.slice(all.position(), size), sink);
            all.position(all.position() + size);
        }
        assertRead(output.toString(), error.toString());
    }

    @Test
    void whatComesBehindTheEndIsLeftUnread() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(ANSWER.length + 3).put(ANSWER).put(new byte[] {1, 6, 0}).flip();
        reader.read(bytes, sink);
        assertEquals(3, bytes.remaining());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 255})
    void anotherProtocolStatusIsTold(int status) throws IOException {
        reader.read(ByteBuffer.wrap(record(3, new byte[] {0, 0, 0, 0, (byte) status, 0, 0, 0}, 0)), sink);
        assertTrue(reader.ended());
        assertEquals(status, reader.protocolStatus());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, a record of version 0 (FastCGI has version 1)", "0, 2, a record of version 2 (FastCGI has version 1)",
            "0, -1, a record of version 255 (FastCGI has version 1)", "1, 0, a record of type 0", "1, 1, a record of type 1",
            "1, 2, a record of type 2", "1, 4, a record of type 4", "1, 5, a record of type 5", "1, 8, a record of type 8",
            "1, 10, a record of type 10", "1, 11, a record of type 11", "1, -1, a record of type 255",
            "2, 1, a record for request 257 (asked was 1)", "3, 0, a record for request 0 (asked was 1)",
            "3, 2, a record for request 2 (asked was 1)"})
    void aFieldThatCannotBeIsRefused(int at, byte value, String said) {
        byte[] bytes = record(6, new byte[] {'x'}, 0);
        bytes[at] = value;
        assertEquals(said, assertThrows(MalformedRecordException.class, () -> reader.read(ByteBuffer.wrap(bytes), sink)).getMessage());
        assertEquals("", sink.output.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 7, 9, 16})
    void anEndOfAnotherLengthIsRefused(int length) {
        assertEquals("an END_REQUEST of " + length + " bytes (it has 8)",
                assertThrows(MalformedRecordException.class, () -> reader.read(ByteBuffer.wrap(record(3, new byte[length], 0)), sink))
                        .getMessage());
        assertFalse(reader.ended() && reader.protocolStatus() == RecordReader.REQUEST_COMPLETE);
    }
}
