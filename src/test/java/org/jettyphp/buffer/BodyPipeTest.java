package org.jettyphp.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyPipeTest {

    @TempDir Path directory;

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    private static String read(BodyPipe pipe, int room) throws SpoolException {
        ByteBuffer into = ByteBuffer.allocate(room);
        int size = pipe.read(into);
        assertEquals(Math.max(0, size), into.position());
        return size < 0 ? "END" : new String(into.array(), 0, size);
    }

    @Test
    void whatIsWrittenIsReadInOrderAndThenTheEnd() throws Exception {
        try (BodyPipe pipe = new BodyPipe(100, directory)) {
            assertEquals("", read(pipe, 10));
            pipe.write(bytes("hello "));
            pipe.write(bytes("world"));
            assertEquals("hello wor", read(pipe, 9));
            pipe.end();
            assertEquals("ld", read(pipe, 9));
            assertEquals("END", read(pipe, 9));
        }
    }

    @Test
    void overTheLimitTheRestGoesToAFileWithoutAName() throws Exception {
        try (BodyPipe pipe = new BodyPipe(8, directory)) {
            pipe.write(bytes("0123456789"));
            pipe.write(bytes("abcdef"));
            try (Stream<Path> files = Files.list(directory)) {
                assertEquals(0, files.count(), "nothing can be left behind");
            }
            assertEquals("01234567", read(pipe, 100));
            assertEquals("89ab", read(pipe, 4));
            assertEquals("cdef", read(pipe, 100));
            // All is read: memory is used again, the file from its beginning.
            pipe.write(bytes("again and again"));
            assertEquals("again an", read(pipe, 100));
            assertEquals("d again", read(pipe, 100));
        }
    }

    @Test
    void aReaderWhoHasLeftStopsNobody() throws Exception {
        BodyPipe pipe = new BodyPipe(4, directory);
        pipe.write(bytes("0123456789"));
        pipe.close();
        ByteBuffer more = bytes("more");
        pipe.write(more);
        assertEquals(0, more.remaining());
    }

    @Test
    void aDirectoryThatIsNotThereIsAFailureThatSaysSo() {
        BodyPipe pipe = new BodyPipe(1, directory.resolve("missing"));
        String message = assertThrows(SpoolException.class, () -> pipe.write(bytes("xyz"))).getMessage();
        assertEquals(true, message.contains("spoolDirectory"));
    }

    @Test
    void writerAndReaderAtTheirOwnSpeedsLoseNothing() throws Exception {
        byte[] all = new byte[3_000_000];
        new Random(7).nextBytes(all);
        try (BodyPipe pipe = new BodyPipe(10_000, directory)) {
            Thread writer = new Thread(() -> {
                Random sizes = new Random(8);
                try {
                    for (int at = 0; at < all.length;) {
                        int size = Math.min(all.length - at, 1 + sizes.nextInt(20_000));
                        pipe.write(ByteBuffer.wrap(all, at, size));
                        at += size;
                    }
                } catch (SpoolException failed) {
                    throw new AssertionError(failed);
                } finally {
                    pipe.end();
                }
            });
            writer.start();
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            ByteBuffer chunk = ByteBuffer.allocate(7001);
            for (int size = pipe.take(chunk.clear()); size >= 0; size = pipe.take(chunk.clear())) {
                got.write(chunk.array(), 0, size);
            }
            assertArrayEquals(all, got.toByteArray());
        }
    }
}
