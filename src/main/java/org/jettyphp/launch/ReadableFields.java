package org.jettyphp.launch;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.ComplianceViolation;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.QuotedCSV;
import org.jspecify.annotations.Nullable;

/**
 * A request for a file without the fields that cannot be read, which are ignored, as by nginx and Apache. Jetty 12.1.10 answers 500 where its
 * parser of lists throws, and 416 to a range in a unit that it does not know (RFC 9110, section 14.2, has it ignored).
 */
final class ReadableFields extends HttpServletRequestWrapper {

    private static final String BYTES = "bytes=";

    private final Set<HttpHeader> unreadable;

    private ReadableFields(HttpServletRequest request, Set<HttpHeader> unreadable) {
        super(request);
        this.unreadable = unreadable;
    }

    /** The request itself if there is nothing to be ignored. */
    static HttpServletRequest of(HttpServletRequest request) {
        Set<HttpHeader> unreadable = Stream.of(HttpHeader.RANGE, HttpHeader.IF_NONE_MATCH)
                .filter(name -> !canRead(request, name)).collect(Collectors.toSet());
        return unreadable.isEmpty() ? request : new ReadableFields(request, unreadable);
    }

    static boolean canRead(HttpServletRequest request, HttpHeader name) {
        for (String value : Collections.list(request.getHeaders(name.asString()))) {
            try {
                read(name, value);
            } catch (IllegalArgumentException | IndexOutOfBoundsException | HttpException.RuntimeException faulty) {
                return false;
            }
        }
        return true;
    }

    private static void read(HttpHeader name, String value) {
        if (name != HttpHeader.RANGE) {
            new QuotedCSV.Etags(HttpCompliance.RFC9110, ComplianceViolation.Listener.NOOP, value).size();
        } else if (!value.regionMatches(true, 0, BYTES, 0, BYTES.length())) {
            throw new IllegalArgumentException("not in bytes: " + value);
        }
    }

    private boolean isUnreadable(String name) {
        return unreadable.stream().anyMatch(header -> header.is(name));
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isUnreadable(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isUnreadable(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream().filter(name -> !isUnreadable(name)).toList());
    }
}
