package org.jettyphp.buffer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporary files of one process: in a directory of its own that only its user can enter, and without a name as soon as they are open. A
 * process that is killed between making a file and taking its name away leaves that file; the lock on the directory tells the next one
 * that nobody lives there any more.
 */
final class SpoolDirectory implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolDirectory.class);
    private static final String PREFIX = "jetty-php-fpm-spool-";
    private static final String LOCK = "lock";
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    /** Time enough for a process to lock the directory it has just made. */
    private static final Duration NEWBORN = Duration.ofMinutes(1);

    private final Path path;
    private final FileChannel lockFile;

    private SpoolDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory, and removes those of dead processes.
     *
     * @param parent {@code spoolDirectory}
     */
    static SpoolDirectory create(Path parent) throws IOException {
        removeLeftovers(parent);
        FileAttribute<?> onlyOurs = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path path = Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-", onlyOurs);
        return new SpoolDirectory(path, locked(path));
    }

    /** Under its name it is never seen unlocked: another process that starts just then would take the directory for a dead one's. */
    private static FileChannel locked(Path directory) throws IOException {
        Path unlocked = directory.resolve(LOCK + ".new");
        FileChannel lockFile = FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lockFile.lock();
        Files.move(unlocked, directory.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
        return lockFile;
    }

    Path path() {
        return path;
    }

    /** Bodies that are spooled to get them out of memory would stay in it. */
    void warnIfInMemory() {
        try {
            String type = Files.getFileStore(path).type();
            if (IN_MEMORY.contains(type)) {
                LOG.warn("Large bodies go to {}, which is in memory ({}); set spoolDirectory to a directory on disk", path, type);
            }
        } catch (IOException unknown) {
            // Java looks the path up in the table of mounts, which in a chroot does not have it.
            LOG.debug("On what {} lies is not known", path, unknown);
        }
    }

    /** Bytes free for us; 0 if that is not known. */
    long freeBytes() {
        return path.toFile().getUsableSpace();
    }

    /** On Unix {@code DELETE_ON_CLOSE} removes the name as soon as the file is open. */
    FileChannel open() throws IOException {
        return FileChannel.open(path.resolve(UUID.randomUUID() + ".body"), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    private static void removeLeftovers(Path parent) throws IOException {
        // Closing any file gives up all locks this process has on it (POSIX), so our own directories are not even looked at.
        String ours = PREFIX + ProcessHandle.current().pid() + "-";
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path directory : all) {
                if (!directory.getFileName().toString().startsWith(ours)) {
                    removeIfDead(directory);
                }
            }
        }
    }

    private static void removeIfDead(Path directory) {
        try (FileChannel lockFile = lockFileOf(directory)) {
            FileLock lock = lockFile == null ? null : lockFile.tryLock();
            if (lockFile == null ? isNewborn(directory) : lock == null) {
                return;
            }
            remove(directory);
            LOG.info("Removed {}, which a process that was killed had left", directory);
        } catch (IOException | OverlappingFileLockException notOurs) {
            LOG.debug("{} stays: {}", directory, notOurs.toString());
        }
    }

    private static @Nullable FileChannel lockFileOf(Path directory) throws IOException {
        Path lock = directory.resolve(LOCK);
        return Files.exists(lock) ? FileChannel.open(lock, StandardOpenOption.WRITE) : null;
    }

    private static boolean isNewborn(Path directory) throws IOException {
        return Files.getLastModifiedTime(directory).toInstant().isAfter(Instant.now().minus(NEWBORN));
    }

    private static void remove(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }

    @Override
    public void close() throws IOException {
        remove(path);
        lockFile.close();
    }
}
