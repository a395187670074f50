package org.jettyphp.buffer;

import java.io.IOException;
import java.nio.file.Path;

/** Spaces with limits small enough to be reached. */
final class Spaces {

    static final long ENOUGH = 1 << 30;

    private Spaces() {}

    static SpoolSpace of(Path directory, long disk, long memory) throws IOException {
        return of(directory, disk, memory, 10_000);
    }

    static SpoolSpace of(Path directory, long disk, long memory, long responseSpool) throws IOException {
        return SpoolSpace.open(new SpoolSettings(0, true, 10_000, 10_000, responseSpool, disk, memory, directory));
    }
}
