package org.jettyphp.buffer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporary files of one process, without a name as soon as they are open. A process that is killed between making a file and taking its
 * name away leaves that file, until the next one starts.
 */
final class SpoolDirectory implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolDirectory.class);
    private static final String PREFIX = "jetty-php-fpm-spool-";
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    private final ProcessDirectory directory;

    private SpoolDirectory(ProcessDirectory directory) {
        this.directory = directory;
    }

    /**
     * Makes the directory, and removes those of dead processes.
     *
     * @param parent {@code spoolDirectory}
     */
    static SpoolDirectory create(Path parent) throws IOException {
        return new SpoolDirectory(ProcessDirectory.create(parent, PREFIX, dead -> false));
    }

    Path path() {
        return directory.path();
    }

    /** Bodies that are spooled to get them out of memory would stay in it. */
    void warnIfInMemory() {
        try {
            String type = Files.getFileStore(path()).type();
            if (IN_MEMORY.contains(type)) {
                LOG.warn("Large bodies go to {}, which is in memory ({}); set spoolDirectory to a directory on disk", path(), type);
            }
        } catch (IOException unknown) {
            // Java looks the path up in the table of mounts, which in a chroot does not have it.
            LOG.debug("On what {} lies is not known", path(), unknown);
        }
    }

    /** Bytes free for us; 0 if that is not known. */
    long freeBytes() {
        return path().toFile().getUsableSpace();
    }

    /** Which may have been cleaned away with the directory for temporary files. */
    FileChannel open() throws IOException {
        try {
            return create();
        } catch (NoSuchFileException gone) {
            directory.restore();
            return create();
        }
    }

    /** On Unix {@code DELETE_ON_CLOSE} removes the name as soon as the file is open. */
    private FileChannel create() throws IOException {
        return FileChannel.open(path().resolve(UUID.randomUUID() + ".body"), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
