package org.jettyphp.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file that are to be sent. Several ranges, and what cannot be understood, are answered with the whole file, as RFC 9110
 * (section 14.2) leaves to the server.
 *
 * @param end exclusive; before {@code first} if nothing that was asked for is there
 */
record ByteRange(long first, long end) {

    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*", Pattern.CASE_INSENSITIVE);

    static ByteRange asked(HttpServletRequest request, FileVersion version) {
        boolean meant = version.isMeantBy(request.getHeader("If-Range"), request);
        return of(meant && request.getMethod().equals("GET") ? request.getHeader("Range") : null, version.size());
    }

    static ByteRange of(@Nullable String header, long size) {
        Matcher one = header == null ? null : ONE.matcher(header);
        if (one == null || !one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return new ByteRange(0, size);
        }
        if (one.group(1).isEmpty()) {
            long last = Long.parseLong(one.group(2));
            return last == 0 || size == 0 ? new ByteRange(1, 0) : new ByteRange(Math.max(0, size - last), size);
        }
        long first = Long.parseLong(one.group(1));
        long last = one.group(2).isEmpty() ? size - 1 : Long.parseLong(one.group(2));
        if (!one.group(2).isEmpty() && last < first) {
            return new ByteRange(0, size);
        }
        return first >= size ? new ByteRange(1, 0) : new ByteRange(first, Math.min(size, last + 1));
    }

    boolean isUnsatisfiable() {
        return end < first;
    }

    boolean isPart(long size) {
        return length() < size;
    }

    long length() {
        return end - first;
    }
}
