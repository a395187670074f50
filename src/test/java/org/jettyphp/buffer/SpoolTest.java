package org.jettyphp.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In memory 10,000 bytes, then in a file. */
class SpoolTest {

    @TempDir Path directory;

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void fill(Spool spool, byte[] bytes, int pieces) throws SpoolException {
        for (int at = 0; at < bytes.length; at += pieces) {
            spool.append(ByteBuffer.wrap(bytes, at, Math.min(pieces, bytes.length - at)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 9_999, 10_000, 10_001, 300_000})
    void itIsReadFromAnyPositionAsOftenAsNeedBe(int size) throws Exception {
        byte[] all = random(size);
        try (SpoolSpace space = Spaces.of(directory, Spaces.ENOUGH, Spaces.ENOUGH); Spool spool = space.spool()) {
            fill(spool, all, 777);
            assertEquals(size, spool.length());
            for (int position : new int[] {0, size / 2, Math.max(0, size - 1)}) {
                ByteBuffer into = ByteBuffer.allocate(size - position);
                assertEquals(size - position, spool.read(position, into));
                assertEquals(ByteBuffer.wrap(all, position, size - position), into.flip());
            }
        }
    }

    @Test
    void aDirectoryThatIsCleanedAwayIsMadeAgain() throws Exception {
        try (SpoolSpace space = Spaces.of(directory, Spaces.ENOUGH, Spaces.ENOUGH)) {
            Trees.delete(Files.list(directory).findFirst().orElseThrow());
            try (Spool spool = space.spool()) {
                fill(spool, random(300_000), 777);
                assertEquals(300_000, spool.length());
            }
        }
        assertTrue(Files.list(directory).findAny().isEmpty());
    }

    @Test
    void withoutMemoryItGoesToDiskAtOnceButForTheFirstFewBytes() throws Exception {
        byte[] all = random(9_000);
        try (SpoolSpace space = Spaces.of(directory, Spaces.ENOUGH, 0)) {
            try (Spool spool = space.spool()) {
                fill(spool, all, 9_000);
                assertEquals(new SpoolSpace.Usage(4096, 9_000 - 4096), space.usage());
                ByteBuffer into = ByteBuffer.allocate(9_000);
                spool.read(0, into);
                assertEquals(ByteBuffer.wrap(all), into.flip());
            }
            assertEquals(new SpoolSpace.Usage(0, 0), space.usage());
        }
    }

    @Test
    void whenMaxSpoolIsUsedUpTheMessageSaysSo() throws Exception {
        try (SpoolSpace space = Spaces.of(directory, 5_000, Spaces.ENOUGH)) {
            try (Spool first = space.spool(); Spool second = space.spool()) {
                fill(first, random(14_000), 1_000);
                String message = assertThrows(SpoolException.class, () -> fill(second, random(12_000), 1_000)).getMessage();
                assertTrue(message.contains("maxSpool=5000") && message.contains("5000 bytes"), message);
            }
            assertEquals(new SpoolSpace.Usage(0, 0), space.usage(), "what one could not have, the other gives back");
            try (Spool third = space.spool()) {
                fill(third, random(15_000), 1_000);
            }
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsRefusedAtStart() {
        String message = assertThrows(IOException.class, () -> Spaces.of(directory.resolve("missing"), 0, 0)).getMessage();
        assertTrue(message.contains("spoolDirectory") && message.contains("must exist and be writable"), message);
    }
}
