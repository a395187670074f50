package org.jettyphp.buffer;

import java.nio.file.Path;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** How much of a body stays in memory, and how large a body may be. */
public record SpoolSettings(
        @Setting(byDefault = "1g", text = "Largest request body in bytes; a larger one is answered 413 before PHP is asked. 0: no limit. "
                + "A private php-fpm gets the same as post_max_size and upload_max_filesize; a foreign one should have it")
        long maxRequestBody,
        @Setting(byDefault = "64k", text = "How much of a request body is held in memory before the rest goes to a temporary file")
        long requestBuffer,
        @Setting(byDefault = "256k", text = "How much of an answer that the client has not read yet is held in memory before the rest goes to a temporary file")
        long responseBuffer,
        @Setting(text = "Directory of the temporary files; must exist and be writable. Default: the system's temporary directory (java.io.tmpdir)")
        @Nullable Path spoolDirectory) {

    public SpoolSettings {
        if (maxRequestBody < 0) {
            throw new IllegalArgumentException("maxRequestBody is " + maxRequestBody + "; it is 0 (no limit) or more");
        }
        checkMemory("requestBuffer", requestBuffer);
        checkMemory("responseBuffer", responseBuffer);
    }

    private static void checkMemory(String name, long value) {
        if (value < 0 || value > 1 << 30) {
            throw new IllegalArgumentException(name + " is " + value + "; it lies between 0 and 1g");
        }
    }

    /** Where temporary files go. */
    public Path directory() {
        return spoolDirectory != null ? spoolDirectory : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
