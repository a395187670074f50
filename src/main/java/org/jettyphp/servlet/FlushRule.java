package org.jettyphp.servlet;

import java.util.Locale;
import org.jettyphp.cgi.ResponseHead;

/** When what PHP has sent goes on to the client; PHP may say so with {@code X-Accel-Buffering}, as to nginx. */
enum FlushRule {

    /** As soon as nothing more follows at once: what PHP has flushed, without a packet for each of many small records. */
    WHEN_PHP_PAUSES,
    /** {@code X-Accel-Buffering: no}: whatever has come, at once. */
    ALWAYS,
    /** {@code X-Accel-Buffering: yes}: only full buffers and the end. */
    NEVER;

    /** It is for us and goes no further. */
    static final String HEADER = "X-Accel-Buffering";

    static FlushRule of(ResponseHead head) {
        String wish = head.first(HEADER);
        return switch (wish == null ? "" : wish.strip().toLowerCase(Locale.ROOT)) {
            case "no" -> ALWAYS;
            case "yes" -> NEVER;
            default -> WHEN_PHP_PAUSES;
        };
    }
}
