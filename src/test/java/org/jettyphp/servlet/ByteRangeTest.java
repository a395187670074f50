package org.jettyphp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, section 14, of a file of a hundred bytes unless said otherwise. */
class ByteRangeTest {

    private static String of(String header, long size) {
        ByteRange range = ByteRange.of(header, size);
        return range.isUnsatisfiable() ? "416" : range.isPart(size) ? range.first() + "-" + (range.end() - 1) : "whole";
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-0, 0-0", "bytes=0-9, 0-9", "bytes=90-, 90-99", "bytes=99-99, 99-99", "bytes=-1, 99-99", "bytes=-99, 1-99",
            "bytes=50-1000, 50-99", "BYTES=0-9, 0-9", "bytes= 0-9 , 0-9", "bytes=0 - 9, 0-9", "bytes=007-8, 7-8"})
    void aPartIsAPart(String header, String part) {
        assertEquals(part, of(header, 100));
    }

    /** Section 14.2: what is no range of bytes, and several, may be answered with all of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"bytes=0-99", "bytes=0-", "bytes=-100", "bytes=-1000", "bytes=0-1000", "bytes=9-2", "bytes=-",
            "bytes=", "bytes", "lines=0-9", "bytes=a-b", "bytes=0-9,20-29", "bytes=0-9;x", "bytes 0-9", "bytes=+0-9", "bytes=--9",
            "bytes=0x0-9", "bytes=9999999999999999999-", "bytes=0-9999999999999999999", "bytes=-9999999999999999999",
            "bytes=\u0660-\u0669"})
    void everythingElseIsTheWhole(String header) {
        assertEquals("whole", of(header, 100));
        assertEquals(new ByteRange(0, 100), ByteRange.of(header, 100));
    }

    @ParameterizedTest
    @CsvSource({"bytes=100-, 100", "bytes=100-200, 100", "bytes=999999999999999999-, 100", "bytes=-0, 100", "bytes=0-, 0", "bytes=0-0, 0",
            "bytes=-5, 0", "bytes=-0, 0"})
    void whatIsNotThereCannotBeSent(String header, long size) {
        assertEquals("416", of(header, size));
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-999999999999999999, 9223372036854775807, 0-999999999999999999",
            "bytes=-999999999999999999, 9223372036854775807, 8223372036854775808-9223372036854775806"})
    void largeNumbersDoNotOverflow(String header, long size, String part) {
        assertEquals(part, of(header, size));
    }
}
