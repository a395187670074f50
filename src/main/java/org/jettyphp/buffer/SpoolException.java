package org.jettyphp.buffer;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A body could not be put on disk: answered 503, since it is our trouble and may pass. */
public final class SpoolException extends IOException {

    private static final long serialVersionUID = 1;

    private SpoolException(String message, @Nullable IOException cause) {
        super(message, cause);
    }

    /** The file system refused: full, not writable, too many open files. */
    static SpoolException of(Path directory, IOException cause) {
        return new SpoolException(
                "a body cannot be spooled in " + directory + " (" + cause + "); free space there, set spoolDirectory, or, "
                        + "where too many files are open, raise the limit (ulimit -n)",
                cause);
    }

    /** The budget is used up. */
    static SpoolException full(Budget disk) {
        return new SpoolException("a body cannot be spooled: " + disk.used() + " bytes of bodies are on disk, and maxSpool=" + disk.limit()
                + "; raise maxSpool if the disk has room", null);
    }
}
