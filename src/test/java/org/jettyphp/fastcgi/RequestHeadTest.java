package org.jettyphp.fastcgi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestHeadTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] written(RequestHead head, boolean kept) {
        ByteBuffer buffer = head.finish().forConnection(kept);
        byte[] all = new byte[buffer.remaining()];
        buffer.get(all);
        return all;
    }

    /** Written by hand from the FastCGI specification, sections 3.3, 3.4, 5.1 and 5.2. */
    @Test
    void theRecordsAreThoseOfTheSpecification() {
        RequestHead head = new RequestHead();
        head.add(bytes("A"), bytes("bc"));
        byte[] expected = {
                1, 1, 0, 1, 0, 8, 0, 0, /* BEGIN_REQUEST, id 1, 8 bytes */ 0, 1, 0, 0, 0, 0, 0, 0, /* responder, not kept */
                1, 4, 0, 1, 0, 5, 0, 0, /* PARAMS, 5 bytes */ 1, 2, 'A', 'b', 'c', 1, 4, 0, 1, 0, 0, 0, 0 /* empty PARAMS */
        };
        assertArrayEquals(expected, written(head, false));
    }

    @Test
    void aKeptConnectionIsAskedForInTheFlags() {
        assertEquals(1, written(new RequestHead(), true)[10]);
    }

    @Test
    void lengthsOf128AndMoreTakeFourBytes() {
        RequestHead head = new RequestHead();
        head.add(bytes("N"), bytes("v".repeat(127)));
        head.add(bytes("M"), bytes("v".repeat(128)));
        byte[] all = written(head, false);
        assertEquals(127, all[25]);
        int second = 16 + 8 + 2 + 1 + 127;
        assertArrayEquals(new byte[] {1, (byte) 0x80, 0, 0, (byte) 128}, java.util.Arrays.copyOfRange(all, second, second + 5));
    }

    @Test
    void aPairNeverStraddlesTwoRecords() {
        RequestHead head = new RequestHead();
        for (int i = 0; i < 5; i++) {
            head.add(bytes("NAME_" + i), bytes("v".repeat(30_000)));
        }
        ByteBuffer all = ByteBuffer.wrap(written(head, false));
        all.position(16);
        List<Integer> contents = new ArrayList<>();
        while (all.hasRemaining()) {
            int length = all.getShort(all.position() + 4) & 0xFFFF;
            contents.add(length);
            all.position(all.position() + 8 + length);
        }
        int pair = 1 + 4 + 6 + 30_000;
        assertEquals(List.of(2 * pair, 2 * pair, pair, 0), contents);
    }

    @Test
    void whatDoesNotFitARecordIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RequestHead().add(bytes("N"), new byte[65_535]));
        new RequestHead().add(bytes("N"), new byte[65_535 - 1 - 4 - 1]);
    }

    @Test
    void soMuchRoomAsTheVariablesTakeIsEnough() {
        byte[][] variables = {bytes("A"), bytes("bc"), bytes("N"), bytes("v".repeat(128)), bytes("n".repeat(200)), bytes("v".repeat(127))};
        int room = 0;
        for (int i = 0; i < variables.length; i += 2) {
            room += RequestHead.sizeOf(variables[i], variables[i + 1]);
        }
        RequestHead grows = new RequestHead();
        RequestHead fits = new RequestHead(room);
        byte[] first = fits.forConnection(false).array();
        for (int i = 0; i < variables.length; i += 2) {
            grows.add(variables[i], variables[i + 1]);
            fits.add(variables[i], variables[i + 1]);
        }
        ByteBuffer head = fits.finish().forConnection(false);
        assertArrayEquals(written(grows, false), written(fits, false));
        assertSame(first, head.array(), "a byte less has it copied into a larger one, a byte more into a smaller one");
        assertEquals(2 * 8 + 8 + room + 8, head.remaining());
    }

    @Test
    void withoutVariablesThereIsOneEmptyRecordOnly() {
        assertEquals(16 + 8, written(new RequestHead(), false).length);
    }

    /** Lengths on both sides of each border, up to the longest that fits; decoded as the specification's section 3.4 reads. */
    @Test
    void whatIsWrittenIsReadBackAndEachRecordByItself() {
        int[] sizes = {0, 1, 127, 128, 255, 256, 32_767, 32_768, 65_000, 65_535 - 1 - 4 - 7, 3, 0};
        RequestHead head = new RequestHead();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            String name = "NAME_" + (char) ('A' + i) + (i == 3 ? "x".repeat(200) : "_");
            expected.add(name + "=" + "v".repeat(sizes[i]));
            head.add(bytes(name), bytes("v".repeat(sizes[i])));
        }
        ByteBuffer all = ByteBuffer.wrap(written(head, false)).position(16);
        List<String> read = new ArrayList<>();
        for (int length = -1; length != 0;) {
            all.position(all.position() + 4);
            length = all.getShort() & 0xFFFF;
            all.getShort();
            ByteBuffer record = all.slice(all.position(), length);
            all.position(all.position() + length);
            while (record.hasRemaining()) {
                byte[] name = new byte[length(record)];
                byte[] value = new byte[length(record)];
                record.get(name).get(value);
                read.add(new String(name, StandardCharsets.US_ASCII) + "=" + new String(value, StandardCharsets.US_ASCII));
            }
        }
        assertEquals(expected, read);
        assertEquals(0, all.remaining(), "nothing follows the empty record");
    }

    private static int length(ByteBuffer record) {
        int first = record.get();
        return first >= 0 ? first : record.position(record.position() - 1).getInt() & 0x7FFF_FFFF;
    }
}
