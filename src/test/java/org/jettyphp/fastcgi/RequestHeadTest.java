package org.jettyphp.fastcgi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
    void withoutVariablesThereIsOneEmptyRecordOnly() {
        assertEquals(16 + 8, written(new RequestHead(), false).length);
    }
}
