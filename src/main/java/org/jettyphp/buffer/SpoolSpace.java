package org.jettyphp.buffer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where bodies are, in both directions, of one application or of all applications of a server: in memory as long as {@code bufferMemory}
 * lasts, then on disk as long as {@code maxSpool} lasts. Any thread.
 */
public final class SpoolSpace implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolSpace.class);
    private static final long DEFAULT_DISK = 10L << 30;
    private static final double DEFAULT_SHARE_OF_FREE = 0.8;
    private static final int DEFAULT_PART_OF_HEAP = 8;
    private static final long BETWEEN_WARNINGS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final SpoolSettings settings;
    private final SpoolDirectory directory;
    private final Budget memory;
    private final Budget disk;
    private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - BETWEEN_WARNINGS_NANOS);

    private SpoolSpace(SpoolSettings settings, SpoolDirectory directory, Budget memory, Budget disk) {
        this.settings = settings;
        this.directory = directory;
        this.memory = memory;
        this.disk = disk;
    }

    private static long usualDisk(long free) {
        return free == 0 ? DEFAULT_DISK : Math.min(DEFAULT_DISK, (long) (free * DEFAULT_SHARE_OF_FREE));
    }

    /**
     * Makes the directory of this process in {@code spoolDirectory} and removes what dead processes have left there.
     *
     * @throws IOException if it cannot be made
     */
    public static SpoolSpace open(SpoolSettings settings) throws IOException {
        SpoolDirectory directory;
        try {
            directory = SpoolDirectory.create(settings.directory());
        } catch (IOException refused) {
            throw new IOException(
                    "spoolDirectory " + settings.directory() + " cannot be used (" + refused + "); it must exist and be writable",
                    refused);
        }
        directory.warnIfInMemory();
        Long heap = settings.bufferMemory();
        Long files = settings.maxSpool();
        return new SpoolSpace(settings, directory,
                new Budget(heap != null ? heap : Runtime.getRuntime().maxMemory() / DEFAULT_PART_OF_HEAP),
                new Budget(files != null ? files : usualDisk(directory.freeBytes())));
    }

    /** The same directory and the same budgets, for an application whose bodies have other sizes; not to be closed. */
    public SpoolSpace with(SpoolSettings sizes) {
        return new SpoolSpace(sizes, directory, memory, disk);
    }

    /** Room for a request body. */
    public Spool spool() {
        return new Spool(this, settings.requestBuffer());
    }

    /** Room for an answer that the client has not read yet. */
    public BodyPipe pipe() {
        return new BodyPipe(this, (int) settings.responseBuffer(), settings.responseSpool());
    }

    /** Room for a request body that goes to PHP while it comes: in memory only. */
    public BodyPipe passage() {
        return new BodyPipe(this, (int) settings.requestBuffer(), 0);
    }

    /** What is held now. */
    public Usage usage() {
        return new Usage(memory.used(), disk.used());
    }

    /** A moment's figures, in bytes. */
    public record Usage(long inMemory, long onDisk) {}

    Budget memory() {
        return memory;
    }

    Budget disk() {
        return disk;
    }

    FileChannel openFile() throws SpoolException {
        try {
            return directory.open();
        } catch (IOException refused) {
            throw trouble(refused);
        }
    }

    SpoolException trouble(IOException cause) {
        return SpoolException.of(directory.path(), cause);
    }

    /** For an answer that is held back until its client has read more, instead of failing. */
    void heldBack(SpoolException cause) {
        long now = System.nanoTime();
        long last = lastWarning.get();
        if (now - last >= BETWEEN_WARNINGS_NANOS && lastWarning.compareAndSet(last, now)) {
            LOG.warn("Answers hold their PHP workers until their clients have read more: {}", cause.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
