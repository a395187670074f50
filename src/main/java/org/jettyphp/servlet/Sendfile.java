package org.jettyphp.servlet;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jettyphp.cgi.Header;
import org.jettyphp.cgi.ResponseHead;
import org.jettyphp.script.SendableFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears when PHP names a file that is to be sent in the place of its body: {@code X-Sendfile} with a path, {@code X-Accel-Redirect} (nginx)
 * or {@code X-LiteSpeed-Location} with the path of a URL. The headers themselves go no further: they tell where things are on this machine.
 */
final class Sendfile {

    private static final String BY_PATH = "X-Sendfile";
    private static final String BY_URL = "X-Accel-Redirect";
    private static final String BY_URL_TOO = "X-LiteSpeed-Location";

    private static final int OK = 200;
    private static final Logger LOG = LoggerFactory.getLogger(Sendfile.class);

    private final SendableFiles files;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** What PHP wants: a file, or what is no file that may be sent, and why. */
    record Wish(@Nullable Path file, String refusal) {

        /** @throws UnsendableFileException if there is none */
        Path granted() throws UnsendableFileException {
            if (file == null) {
                throw new UnsendableFileException(refusal);
            }
            return file;
        }
    }

    /** PHP has named what must not be sent, or is not there. */
    static final class UnsendableFileException extends java.io.IOException {
        private static final long serialVersionUID = 1;

        UnsendableFileException(String refusal) {
            super(refusal);
        }
    }

    Sendfile(SendableFiles files) {
        this.files = files;
    }

    static boolean isHeader(String name) {
        return name.equalsIgnoreCase(BY_PATH) || name.equalsIgnoreCase(BY_URL) || name.equalsIgnoreCase(BY_URL_TOO);
    }

    /** Null: PHP's own answer counts, as it does with every status but 200. */
    @Nullable
    Wish in(ResponseHead head) {
        for (Header header : head.headers()) {
            if (isHeader(header.name())) {
                return head.status() == OK ? wish(header) : null;
            }
        }
        return null;
    }

    private @Nullable Wish wish(Header header) {
        if (!files.areThere()) {
            if (!warned.getAndSet(true)) {
                LOG.warn("PHP has sent {}, which means nothing here and is removed; to have files sent so, set sendfileRoots to the "
                        + "directories that they are in, or internalLocation", header.name());
            }
            return null;
        }
        SendableFiles.Found found = files.find(header.value().strip(), !header.name().equalsIgnoreCase(BY_PATH));
        return new Wish(found.file(), header.name() + " names " + found.refusal());
    }
}
