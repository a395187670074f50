package org.jettyphp.buffer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Makes temporary files without a name: nothing is left behind, not even by a process that is killed. */
final class SpoolFile {

    private SpoolFile() {}

    /** On Unix {@code DELETE_ON_CLOSE} removes the name as soon as the file is open. */
    static FileChannel open(Path directory) throws IOException {
        Path path = directory.resolve("jetty-php-fpm-" + UUID.randomUUID() + ".body");
        return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }
}
