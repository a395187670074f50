package org.jettyphp.cgi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of PHP's answer.
 *
 * @param headers in PHP's order, values as Latin-1; without Status and what belongs to the connection
 * @param contentLength what PHP announced; -1 if nothing
 * @param problems what was skipped or corrected, for the log
 */
public record ResponseHead(int status, List<Header> headers, long contentLength, List<String> problems) {

    /** A header line. */
    public record Header(String name, String value) {}

    /** The first value of a header, null if it is not there. */
    public @Nullable String first(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return header.value();
            }
        }
        return null;
    }
}
