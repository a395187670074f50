package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of a file ends with the file. */
class PathMemoryTest {

    private long now;
    private int asked;
    private boolean worthRemembering = true;
    private final PathMemory<Integer> memory = new PathMemory<>(() -> now);

    @TempDir private Path directory;

    private Path file;

    @BeforeEach
    void plant() throws IOException {
        file = Files.writeString(directory.resolve("a.php"), "a");
    }

    @Test
    void isAskedOnceForTheSameFile() {
        assertEquals(1, ask());
        assertEquals(1, ask());
    }

    @Test
    void isAskedAgainAfterASecond() {
        ask();
        now += TimeUnit.SECONDS.toNanos(1) - 1;
        assertEquals(1, ask());
        now += 1;
        assertEquals(2, ask());
    }

    @Test
    void anotherFileInItsPlaceIsAnotherOne() throws IOException {
        ask();
        FileTime time = Files.getLastModifiedTime(file);
        Path other = Files.writeString(directory.resolve("b.php"), "b");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
        assertEquals(2, ask());
    }

    @Test
    void aFileThatHasChangedIsAnotherOne() throws IOException {
        ask();
        Files.writeString(file, "longer");
        assertEquals(2, ask());
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertEquals(3, ask());
    }

    @Test
    void aLinkIsAskedEachTime() throws IOException {
        Path real = Files.move(file, directory.resolve("real.php"));
        ask();
        Files.createSymbolicLink(file, real);
        assertEquals(2, ask());
        assertEquals(3, ask());
    }

    @Test
    void aLinkToTheFileItselfIsNotTheFile() throws IOException {
        ask();
        Path real = Files.move(file, directory.resolve("real.php"));
        Files.createSymbolicLink(file, real);
        assertEquals(2, ask());
    }

    @Test
    void whatIsMissingIsAskedEachTime() throws IOException {
        ask();
        Files.delete(file);
        assertEquals(2, ask());
        assertEquals(3, ask());
    }

    @Test
    void anAnswerThatIsNotWorthItIsForgotten() {
        ask();
        now += TimeUnit.SECONDS.toNanos(1);
        worthRemembering = false;
        assertEquals(2, ask());
        assertEquals(3, ask());
    }

    @Test
    void remembersABoundedNumber() throws IOException {
        for (int i = 0; i <= PathMemory.MOST; i++) {
            Path each = Files.createFile(directory.resolve(i + ".php"));
            memory.of(each, path -> new PathMemory.Answer<>(1, true));
        }
        assertTrue(memory.size() <= PathMemory.MOST, () -> memory.size() + " are remembered");
    }

    private int ask() {
        return memory.of(file, path -> new PathMemory.Answer<>(++asked, worthRemembering));
    }
}
