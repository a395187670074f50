package org.jettyphp.servlet;

import java.io.IOException;
import org.jettyphp.buffer.SpoolSettings;
import org.jettyphp.buffer.SpoolSpace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The space for bodies, which all applications of a server may share: budgets of memory and disk are the machine's, however many there are.
 * Open while one of them runs. Any thread.
 */
public final class SharedSpace {

    private static final Logger LOG = LoggerFactory.getLogger(SharedSpace.class);

    private @Nullable SpoolSpace open;
    private int users;

    /** For an application; the budgets are what the first of them says. Answered by one call of {@link #leave()}. */
    synchronized SpoolSpace enter(SpoolSettings settings) throws IOException {
        if (open == null) {
            open = SpoolSpace.open(settings);
        }
        users++;
        return open.with(settings);
    }

    synchronized void leave() {
        SpoolSpace space = open;
        if (--users > 0 || space == null) {
            return;
        }
        open = null;
        try {
            space.close();
        } catch (IOException failed) {
            LOG.warn("The directory of temporary files stays behind: {}", failed.toString());
        }
    }
}
