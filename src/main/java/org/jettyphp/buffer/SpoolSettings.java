package org.jettyphp.buffer;

import java.nio.file.Path;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** How much of a body stays in memory, and how large a body may be. */
public record SpoolSettings(
        @Setting(byDefault = "1g", text = "Largest request body in bytes; a larger one is answered 413 before PHP is asked. 0: no limit. "
                + "A private php-fpm gets the same as post_max_size and upload_max_filesize; a foreign one should have it")
        long maxRequestBody,
        @Setting(byDefault = "on", text = "Whether a request body is taken whole before PHP is asked. off: one of known length goes to PHP while it comes, "
                + "and a slow client then holds a worker; one of unknown length is taken whole in any case")
        boolean requestBuffering,
        @Setting(byDefault = "64k", text = "How much of a request body is held in memory before the rest goes to a temporary file")
        long requestBuffer,
        @Setting(byDefault = "256k", text = "How much of an answer that the client has not read yet is held in memory before the rest goes to a temporary file")
        long responseBuffer,
        @Setting(byDefault = "1g", text = "How much of an answer that the client has not read yet may be in a temporary file; "
                + "beyond it PHP waits for the client. 0: no file")
        long responseSpool,
        @Setting(text = "Most bytes of bodies on disk at once, of all requests and answers: beyond it uploads are answered 503 and answers make PHP wait. "
                + "Default: 10g, or 80 % of what is free at start if that is less")
        @Nullable Long maxSpool,
        @Setting(text = "Most bytes of bodies in memory at once, of all requests and answers; beyond it they go to disk at once. "
                + "Default: an eighth of the largest heap")
        @Nullable Long bufferMemory,
        @Setting(text = "Directory in which each server makes one of its own for temporary files; must exist and be writable. "
                + "Default: the system's temporary directory (java.io.tmpdir)")
        @Nullable Path spoolDirectory) {

    private static final int MOST_MEMORY = 1 << 30;

    public SpoolSettings {
        checkNotNegative("maxRequestBody", maxRequestBody);
        checkMemory("requestBuffer", requestBuffer);
        checkMemory("responseBuffer", responseBuffer);
        checkNotNegative("responseSpool", responseSpool);
        checkNotNegative("maxSpool", maxSpool == null ? 0 : maxSpool);
        checkNotNegative("bufferMemory", bufferMemory == null ? 0 : bufferMemory);
    }

    private static void checkNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is " + value + "; it is 0 or more");
        }
    }

    private static void checkMemory(String name, long value) {
        if (value < 0 || value > MOST_MEMORY) {
            throw new IllegalArgumentException(name + " is " + value + "; it lies between 0 and 1g");
        }
    }

    /** Where temporary files go. */
    public Path directory() {
        return spoolDirectory != null ? spoolDirectory : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
