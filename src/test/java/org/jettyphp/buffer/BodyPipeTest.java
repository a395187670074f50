package org.jettyphp.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In memory 10,000 bytes, then in a file 10,000. */
class BodyPipeTest {

    @TempDir Path directory;

    private static ByteBuffer bytes(int size, int seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static ByteBuffer read(BodyPipe pipe, int room) throws SpoolException {
        ByteBuffer into = ByteBuffer.allocate(room);
        int total = 0;
        for (int size = pipe.read(into); size > 0 && into.hasRemaining(); size = pipe.read(into)) {
            total += size;
        }
        return into.flip();
    }

    private static String text(BodyPipe pipe, int room) throws SpoolException {
        ByteBuffer into = ByteBuffer.allocate(room);
        int size = pipe.read(into);
        assertEquals(Math.max(0, size), into.position());
        return size < 0 ? "END" : new String(into.array(), 0, size);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    @Test
    void whatIsWrittenIsReadInOrderAndThenTheEnd() throws Exception {
        try (SpoolSpace space = Spaces.of(directory, Spaces.ENOUGH, Spaces.ENOUGH); BodyPipe pipe = space.pipe()) {
            assertEquals("", text(pipe, 10));
            pipe.write(text("hello "));
            pipe.write(text("world"));
            assertEquals("hello wor", text(pipe, 9));
            pipe.end();
            assertEquals("ld", text(pipe, 9));
            assertEquals("END", text(pipe, 9));
        }
    }

    @Test
    void overTheLimitTheRestGoesToAFileWithoutAName() throws Exception {
        try (SpoolSpace space = Spaces.of(directory, Spaces.ENOUGH, Spaces.ENOUGH); BodyPipe pipe = space.pipe()) {
            ByteBuffer all = bytes(17_000, 1);
            pipe.write(all.duplicate());
            assertEquals(10_000, space.usage().inMemory());
            assertEquals(7_000, space.usage().onDisk());
            try (Stream<Path> files = Files.walk(directory).filter(Files::isRegularFile)) {
                assertEquals("[lock]", files.map(path -> path.getFileName().toString()).toList().toString(), "nothing can be left behind");
            }
            assertEquals(all, read(pipe, 17_000));
            assertEquals(0, space.usage().inMemory(), "given back as soon as only the file is read");
            // All is read: memory is used again, the file from its beginning.
            ByteBuffer again = bytes(12_000, 2);
            pipe.write(again.duplicate());
            assertEquals(again, read(pipe, 12_000));
        }
    }

    @Test
    void theReaderMayTakeMemoryOfItsOwnUntilThePipeIsClosed() throws Exception {
        try (SpoolSpace space = Spaces.of(directory, 0, 30_000)) {
            try (BodyPipe pipe = space.pipe()) {
                assertTrue(pipe.takeMemory(20_000));
                assertFalse(pipe.takeMemory(20_000), "there is not so much left");
                assertEquals(20_000, space.usage().inMemory());
                pipe.close();
                assertFalse(pipe.takeMemory(1), "nobody would give it back");
            }
            assertEquals(0, space.usage().inMemory());
        }
    }

    @Test
    void aReaderWhoKeepsUpNeedsNoFile() throws Exception {
        try (SpoolSpace space = Spaces.of(directory, 0, Spaces.ENOUGH); BodyPipe pipe = space.pipe()) {
            pipe.write(bytes(4_000, 0));
            for (int i = 1; i < 50; i++) {
                ByteBuffer next = bytes(4_000, i);
                pipe.write(next);
                assertEquals(0, next.remaining(), "taken whole");
                assertEquals(bytes(4_000, i - 1), read(pipe, 4_000));
            }
        }
    }

    @Test
    void beyondBothLimitsTheWriterWaitsForTheReader() throws Exception {
        try (SpoolSpace space = Spaces.of(directory, Spaces.ENOUGH, Spaces.ENOUGH); BodyPipe pipe = space.pipe()) {
            ByteBuffer all = bytes(50_000, 3);
            ByteBuffer rest = all.duplicate();
            pipe.write(rest);
            assertEquals(20_000, rest.position(), "memory and file are full");
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            while (got.size() < 50_000) {
                ByteBuffer some = read(pipe, 3_333);
                got.write(some.array(), 0, some.limit());
                pipe.write(rest);
                assertTrue(space.usage().onDisk() <= 10_000, "the file goes on at its beginning");
            }
            assertArrayEquals(all.array(), got.toByteArray());
        }
    }

    @Test
    void aWriterWhoWaitsIsWokenByTheReaderWhoLeaves() throws Exception {
        try (SpoolSpace space = Spaces.of(directory, Spaces.ENOUGH, Spaces.ENOUGH)) {
            BodyPipe pipe = space.pipe();
            ByteBuffer much = bytes(1_000_000, 4);
            Thread writer = new Thread(() -> {
                try {
                    for (pipe.write(much); much.hasRemaining(); pipe.write(much)) {
                        pipe.awaitRoom();
                    }
                } catch (InterruptedIOException stopped) {
                    throw new AssertionError(stopped);
                }
            });
            writer.start();
            Until.true_("it waits", () -> writer.getState() == Thread.State.TIMED_WAITING);
            pipe.close();
            writer.join(10_000);
            assertEquals(0, much.remaining(), "dropped, for nobody wants it");
            assertEquals(new SpoolSpace.Usage(0, 0), space.usage());
        }
    }

    @ParameterizedTest(name = "disk for {0}, memory for {1}")
    @CsvSource({"0, 0", "0, 1000000", "5000, 0", "5000, 9000", "1000000, 1000000"})
    void withoutRoomItIsSlowAndNothingIsLost(long disk, long memory) throws Exception {
        byte[] all = bytes(3_000_000, 7).array();
        try (SpoolSpace space = Spaces.of(directory, disk, memory)) {
            try (BodyPipe pipe = space.pipe()) {
                Thread writer = new Thread(() -> {
                    Random sizes = new Random(8);
                    try {
                        for (int at = 0; at < all.length;) {
                            int size = Math.min(all.length - at, 1 + sizes.nextInt(20_000));
                            ByteBuffer part = ByteBuffer.wrap(all, at, size);
                            for (pipe.write(part); part.hasRemaining(); pipe.write(part)) {
                                pipe.awaitRoom();
                            }
                            at += size;
                        }
                    } catch (InterruptedIOException failed) {
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
            assertEquals(new SpoolSpace.Usage(0, 0), space.usage());
        }
    }

    @Test
    void aDirectoryThatIsTakenHoldsAnswersBackInsteadOfFailingThem() throws Exception {
        SpoolSpace space = Spaces.of(directory, Spaces.ENOUGH, Spaces.ENOUGH);
        Path own;
        try (Stream<Path> all = Files.list(directory)) {
            own = all.findFirst().orElseThrow();
        }
        Files.delete(own.resolve("lock"));
        Files.delete(own);
        // One that is only gone is made again.
        Files.createSymbolicLink(own, directory.resolve("nowhere"));
        BodyPipe pipe = space.pipe();
        ByteBuffer all = bytes(15_000, 5);
        ByteBuffer rest = all.duplicate();
        pipe.write(rest);
        assertEquals(10_000, rest.position(), "as much as memory takes");
        assertEquals(all.slice(0, 6_000), read(pipe, 6_000));
        pipe.write(rest);
        assertEquals(15_000, rest.position());
        assertEquals(all.slice(6_000, 9_000), read(pipe, 9_000));
        pipe.close();
    }
}
