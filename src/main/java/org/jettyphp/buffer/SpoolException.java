package org.jettyphp.buffer;

import java.io.IOException;
import java.nio.file.Path;

/** A body could not be put on disk: answered 503, since it is our trouble and may pass. */
public final class SpoolException extends IOException {

    private static final long serialVersionUID = 1;

    SpoolException(Path directory, IOException cause) {
        super("a body cannot be spooled in " + directory + " (" + cause + "); free space there or set spoolDirectory", cause);
    }
}
