package org.jettyphp.cgi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of PHP's answer (RFC 3875, section 6), fit to be passed on: no field in it can end a line or a response.
 *
 * @param status from 200 to 999
 * @param reason the words after the status; null: none were sent, or none that could be passed on
 * @param headers all fields in the order sent, several of one name included, without {@code Status} and without what concerns one hop
 *     only; of equal {@code Content-Length} fields one
 * @param problems what was left out and why, one sentence each, for the log
 */
public record ResponseHead(int status, @Nullable String reason, List<Header> headers, List<String> problems) {

    /** The length of the body in bytes that PHP announced; -1: none that can be believed. */
    public long contentLength() {
        String length = first("Content-Length");
        return length == null ? -1 : Long.parseLong(length);
    }

    /** The value of the first field of this name, ignoring case; null: there is none. */
    public @Nullable String first(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return header.value();
            }
        }
        return null;
    }
}
