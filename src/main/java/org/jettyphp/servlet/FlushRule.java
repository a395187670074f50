package org.jettyphp.servlet;

import java.util.Locale;
import org.jettyphp.cgi.ResponseHead;

/** When what PHP has sent goes on to the client; PHP may say so with {@code X-Accel-Buffering}, as to nginx. */
enum FlushRule {

    /** As soon as nothing more follows at once: what PHP has flushed, without a packet for each of many small records. */
    WHEN_PHP_PAUSES,
    /** {@code X-Accel-Buffering: no}, or an event stream: whatever has come, at once: the wait for more would be most of an event's way. */
    ALWAYS,
    /** {@code X-Accel-Buffering: yes}: only full buffers and the end. */
    NEVER;

    private static final String EVENT_STREAM = "text/event-stream";

    /** It is for us and goes no further. */
    static final String HEADER = "X-Accel-Buffering";

    static FlushRule of(ResponseHead head) {
        String wish = head.first(HEADER);
        return switch (wish == null ? "" : wish.strip().toLowerCase(Locale.ROOT)) {
            case "no" -> ALWAYS;
            case "yes" -> NEVER;
            default -> isEventStream(head) ? ALWAYS : WHEN_PHP_PAUSES;
        };
    }

    private static boolean isEventStream(ResponseHead head) {
        String type = head.first("Content-Type");
        if (type == null) {
            return false;
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().equalsIgnoreCase(EVENT_STREAM);
    }

    /** Whether small records are gathered, for a moment, before they are sent. */
    boolean gathers() {
        return this == WHEN_PHP_PAUSES;
    }
}
