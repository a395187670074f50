package org.jettyphp.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** What tells two versions of a file apart (RFC 9110, section 8.8). */
record FileVersion(long size, Instant modified) {

    static FileVersion of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileVersion(attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    /** As Apache and nginx make it: of size and time, to be compared for equality. */
    String etag() {
        return "\"" + Long.toHexString(modified.toEpochMilli()) + "-" + Long.toHexString(size) + "\"";
    }

    /** Whether the client has this version already; If-None-Match counts alone where it is there (RFC 9110, section 13.2.2). */
    boolean isKnownTo(HttpServletRequest request) {
        Enumeration<String> tags = request.getHeaders("If-None-Match");
        if (tags.hasMoreElements()) {
            while (tags.hasMoreElements()) {
                for (String tag : tags.nextElement().split(",")) {
                    String bare = tag.strip();
                    if (bare.equals("*") || bare.equals(etag()) || bare.equals("W/" + etag())) {
                        return true;
                    }
                }
            }
            return false;
        }
        long since = date(request, "If-Modified-Since");
        return since >= 0 && modified.getEpochSecond() <= since / 1000;
    }

    /** Whether a range of it continues what the client has. */
    boolean isMeantBy(@Nullable String ifRange, HttpServletRequest request) {
        return ifRange == null || ifRange.strip().equals(etag()) || date(request, "If-Range") == modified.getEpochSecond() * 1000;
    }

    /** -1 also for what is no date: such a condition does not count. */
    private static long date(HttpServletRequest request, String header) {
        try {
            return request.getDateHeader(header);
        } catch (IllegalArgumentException noDate) {
            return -1;
        }
    }
}
