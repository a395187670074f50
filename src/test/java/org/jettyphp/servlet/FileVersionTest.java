package org.jettyphp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, sections 8.8 and 13, of a file of a hundred bytes that was changed on 24 November 2026 at 12:00:00.5. */
class FileVersionTest {

    private static final Instant CHANGED = Instant.parse("2026-11-24T12:00:00.500Z");
    private static final FileVersion VERSION = new FileVersion(100, CHANGED);
    private static final String TAG = VERSION.etag();

    private String requestMethod = "GET";

    /** A request with these lines: {@code Name: value}; TAG stands for the file's own. */
    private HttpServletRequest request(String... lines) {
        List<String[]> headers = Arrays.stream(lines).map(line -> line.replace("TAG", TAG).split(": ", 2)).toList();
        return (HttpServletRequest) Proxy.newProxyInstance(FileVersionTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    List<String> values = arguments == null ? List.of()
                            : headers.stream().filter(header -> header[0].equalsIgnoreCase((String) arguments[0])).map(header -> header[1])
                                    .toList();
                    return switch (method.getName()) {
                        case "getMethod" -> requestMethod;
                        case "getHeaders" -> Collections.enumeration(values);
                        case "getHeader" -> values.isEmpty() ? null : values.get(0);
                        case "getDateHeader" -> values.isEmpty() ? -1L : date(values.get(0));
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private static long date(String value) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).parse(value)).toEpochMilli();
        } catch (DateTimeParseException none) {
            throw new IllegalArgumentException(none);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"If-None-Match: TAG", "If-None-Match: W/TAG", "If-None-Match: *", "If-None-Match: \"x\", TAG",
            "If-None-Match: \"x\" ,W/TAG ", "If-Modified-Since: Tue, 24 Nov 2026 12:00:00 GMT",
            "If-Modified-Since: Wed, 25 Nov 2026 12:00:00 GMT"})
    void whatAClientHasIsKnown(String header) {
        assertEquals(true, VERSION.isKnownTo(request(header)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"X-None: x", "If-None-Match: \"x\"", "If-None-Match: W/\"x\"", "If-None-Match:  ",
            "If-Modified-Since: Tue, 24 Nov 2026 11:59:59 GMT", "If-Modified-Since: yesterday"})
    void whatItHasNotIsNot(String header) {
        assertEquals(false, VERSION.isKnownTo(request(header)));
    }

    /** Section 13.2.2. */
    @Test
    void aDateDoesNotCountBesideATag() {
        assertEquals(false, VERSION.isKnownTo(request("If-None-Match: \"x\"", "If-Modified-Since: Wed, 25 Nov 2026 12:00:00 GMT")));
        assertEquals(true, VERSION.isKnownTo(request("If-None-Match: TAG", "If-Modified-Since: Mon, 23 Nov 2026 12:00:00 GMT")));
    }

    @Test
    void severalLinesAreOneList() {
        assertEquals(true, VERSION.isKnownTo(request("If-None-Match: \"x\"", "If-None-Match: TAG")));
    }

    /** Section 13.1.5: by a strong tag or by the very date; anything else means that the client has another file. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"TAG | true", "W/TAG | false", "\"x\" | false", "* | false",
            "Tue, 24 Nov 2026 12:00:00 GMT | true",
            "Wed, 25 Nov 2026 12:00:00 GMT | false", "Tue, 24 Nov 2026 11:59:59 GMT | false", "yesterday | false"})
    void aPartContinuesThisFileAlone(String ifRange, boolean meant) {
        assertEquals(meant, VERSION.isMeantBy(ifRange.replace("TAG", TAG), request("If-Range: " + ifRange)));
    }

    /** As images and packages that are built reproducibly have it. */
    @Test
    void aFileOfTheEpochIsNotMeantByWhatIsNoDate() {
        FileVersion old = new FileVersion(100, Instant.EPOCH);
        assertEquals(true, old.isMeantBy("Thu, 1 Jan 1970 00:00:00 GMT", request("If-Range: Thu, 1 Jan 1970 00:00:00 GMT")));
        assertEquals(false, old.isMeantBy("yesterday", request("If-Range: yesterday")));
        assertEquals(false, old.isMeantBy("\"x\"", request("If-Range: \"x\"")));
    }

    @Test
    void withoutAConditionAPartIsMeant() {
        assertEquals(true, VERSION.isMeantBy(null, request()));
        assertEquals(new ByteRange(0, 10), ByteRange.asked(request("Range: bytes=0-9"), VERSION));
        assertEquals(new ByteRange(0, 100), ByteRange.asked(request("Range: bytes=0-9", "If-Range: \"x\""), VERSION));
    }

    /** Section 14.2: with another method a range has no meaning. */
    @Test
    void noPartIsMeantByTheHead() {
        requestMethod = "HEAD";
        assertEquals(new ByteRange(0, 100), ByteRange.asked(request("Range: bytes=0-9"), VERSION));
    }

    @Test
    void anotherVersionHasAnotherTag() {
        assertNotEquals(TAG, new FileVersion(101, CHANGED).etag());
        assertNotEquals(TAG, new FileVersion(100, CHANGED.plusMillis(1)).etag());
        assertEquals(TAG, new FileVersion(100, CHANGED).etag());
    }
}
