package org.jettyphp.buffer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of one process's own, in a place where everybody can write, that only its user can enter and that goes with the process. What
 * a process that was killed has left is removed by the next one: the lock on a directory tells whether somebody lives there.
 */
public final class ProcessDirectory implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessDirectory.class);
    private static final String LOCK = "lock";
    private static final FileAttribute<?> ONLY_OURS = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Time enough for a process to lock the directory it has just made. */
    private static final Duration NEWBORN = Duration.ofMinutes(1);

    private final Path path;
    private final UserPrincipal user;
    private FileChannel lockFile;

    private ProcessDirectory(Path path, UserPrincipal user, FileChannel lockFile) {
        this.path = path;
        this.user = user;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory, and removes those of dead processes of the same user.
     *
     * @param prefix how the names of all directories of the kind begin, and no others
     * @param outlived whether something of a process that is dead still needs what is there
     */
    public static ProcessDirectory create(Path parent, String prefix, Predicate<Path> outlived) throws IOException {
        // Closing any file gives up all locks this process has on it (POSIX), so our own directories must be known by their names.
        String ours = prefix + ProcessHandle.current().pid() + "-" + startTime() + "-";
        // Shorter than a temporary directory's name: a path to a socket has 108 bytes at most.
        Path path = Files.createDirectory(parent.resolve(ours + UUID.randomUUID().toString().substring(0, 8)), ONLY_OURS);
        ProcessDirectory made = new ProcessDirectory(path, Files.getOwner(path), locked(path));
        made.removeDead(parent, prefix, directory -> directory.getFileName().toString().startsWith(ours) || outlived.test(directory));
        return made;
    }

    /** In a container every server is process 1, also the one that was killed before. */
    private static String startTime() {
        return Long.toString(ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH).toEpochMilli(), Character.MAX_RADIX);
    }

    private void removeDead(Path parent, String prefix, Predicate<Path> needed) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path directory : all) {
                if (isOurs(directory) && !needed.test(directory)) {
                    removeIfDead(directory);
                }
            }
        } catch (IOException unreadable) {
            LOG.debug("What dead processes have left in {} stays", parent, unreadable);
        }
    }

    /** Under its name it is never seen unlocked: another process that starts just then would take the directory for a dead one's. */
    private static FileChannel locked(Path directory) throws IOException {
        Path unlocked = directory.resolve(LOCK + ".new");
        FileChannel lockFile = FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lockFile.lock();
        Files.move(unlocked, directory.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
        return lockFile;
    }

    /** Where everybody can write, a name like ours may be a link of somebody else's to a directory that is to be emptied. */
    private boolean isOurs(Path directory) {
        try {
            return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(user);
        } catch (IOException gone) {
            return false;
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
        if (!Files.exists(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }

    /**
     * Makes it again if it is gone: where everybody can write, cleaners take what nobody has touched for some days.
     *
     * @throws IOException if it cannot be made, or somebody else has made one of its name meanwhile
     */
    public synchronized void restore() throws IOException {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(path, ONLY_OURS);
            LOG.warn("{} was gone and has been made again; keep what cleans {} from it", path, path.getParent());
        } else if (!isOurs(path)) {
            throw new IOException(path + " is not the directory that this process has made");
        }
        if (Files.notExists(path.resolve(LOCK))) {
            lockFile.close();
            lockFile = locked(path);
        }
    }

    /** Where it is; has no directories within. */
    public Path path() {
        return path;
    }

    /** Removes it with what is there. */
    @Override
    public void close() throws IOException {
        remove(path);
        lockFile.close();
    }
}
