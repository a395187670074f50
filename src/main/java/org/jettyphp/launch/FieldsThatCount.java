package org.jettyphp.launch;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Enumeration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.http.ComplianceViolation;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.QuotedCSV;
import org.jettyphp.servlet.PhpApplication;
import org.jspecify.annotations.Nullable;

/**
 * A request for a file without the fields that do not count, as for nginx and Apache: those that cannot be read, and a range of what is another
 * file by now. Jetty 12.1.10 answers 500 where its parser of lists throws, 416 to a range in a unit that it does not know (RFC 9110, section
 * 14.2, has it ignored), and does not look at If-Range: a download that went on after its file had been replaced got a part of another one.
 * Nor does it know the {@code *} that means any version (section 13.1): whoever has one is taken to have this one.
 */
final class FieldsThatCount extends HttpServletRequestWrapper {

    private static final String BYTES = "bytes=";
    private static final String ANY = "*";

    private final Set<HttpHeader> ignored;
    private final @Nullable String known;

    /** @param known the tag of the version that the client has, in the place of any; null: as it says */
    private FieldsThatCount(HttpServletRequest request, Set<HttpHeader> ignored, @Nullable String known) {
        super(request);
        this.ignored = ignored;
        this.known = known;
    }

    /**
     * The request itself if all of it counts.
     *
     * @param tag of the file as it is now; null if it has none
     */
    static HttpServletRequest of(HttpServletRequest request, Supplier<@Nullable String> tag) {
        Set<HttpHeader> ignored = EnumSet.noneOf(HttpHeader.class);
        String known = isAny(request, HttpHeader.IF_NONE_MATCH) ? tag.get() : null;
        if (!canRead(request, HttpHeader.IF_NONE_MATCH)) {
            ignored.add(HttpHeader.IF_NONE_MATCH);
        }
        if (isAny(request, HttpHeader.IF_MATCH)) {
            ignored.add(HttpHeader.IF_MATCH);
        }
        if (!canRead(request, HttpHeader.RANGE) || !continuesWhatTheClientHas(request)) {
            ignored.add(HttpHeader.RANGE);
        }
        return ignored.isEmpty() && known == null ? request : new FieldsThatCount(request, ignored, known);
    }

    private static boolean isAny(HttpServletRequest request, HttpHeader name) {
        return ANY.equals(request.getHeader(name.asString()));
    }

    /** RFC 9110, section 13.1.5. Jetty's tags are weak, and those never match here. */
    private static boolean continuesWhatTheClientHas(HttpServletRequest request) {
        if (request.getHeader(HttpHeader.IF_RANGE.asString()) == null
                || !(request.getAttribute(PhpApplication.FILE_ATTRIBUTE) instanceof Path file)) {
            return true;
        }
        try {
            long known = Math.floorDiv(request.getDateHeader(HttpHeader.IF_RANGE.asString()), 1000L);
            return known == Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
        } catch (IllegalArgumentException | IOException noDate) {
            return false;
        }
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

    private boolean isIgnored(String name) {
        return ignored.stream().anyMatch(header -> header.is(name));
    }

    private @Nullable String inPlaceOf(String name) {
        return HttpHeader.IF_NONE_MATCH.is(name) ? known : null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        String other = inPlaceOf(name);
        return isIgnored(name) ? null : other != null ? other : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String other = inPlaceOf(name);
        return isIgnored(name) ? Collections.emptyEnumeration()
                : other != null ? Collections.enumeration(Set.of(other)) : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream().filter(name -> !isIgnored(name)).toList());
    }
}
