package org.jettyphp.cgi;

import org.jspecify.annotations.Nullable;

/** What PHP-FPM itself complains of on the error stream, by its words in php-src 8.2 ({@code fpm_main.c}, {@code SAPI.c}). */
public enum FpmComplaint {

    /** SCRIPT_FILENAME names no file that PHP-FPM can see. */
    PRIMARY_SCRIPT_UNKNOWN("Primary script unknown"),

    /** The pool's {@code security.limit_extensions} does not have the script's. */
    ACCESS_DENIED_LIMIT_EXTENSIONS("(see security.limit_extensions)"),

    /** The worker's user may not read the script. */
    UNABLE_TO_OPEN("Unable to open primary script"),

    /** A body over {@code post_max_size}: PHP runs the script all the same, with an empty {@code $_POST}, and answers 200. */
    POST_TOO_LARGE("PHP Request Startup: POST Content-Length of");

    private final String words;

    FpmComplaint(String words) {
        this.words = words;
    }

    /** The complaint in a line of the error stream; null if PHP-FPM does not complain of the set-up. */
    public static @Nullable FpmComplaint in(String line) {
        for (FpmComplaint complaint : values()) {
            if (line.contains(complaint.words)) {
                return complaint;
            }
        }
        return line.contains("POST Content-Length of") && line.contains("exceeds the limit") ? POST_TOO_LARGE : null;
    }
}
