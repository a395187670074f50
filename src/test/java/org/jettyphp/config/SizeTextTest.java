package org.jettyphp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTextTest {

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "4096,4096", "64k,65536", "64K,65536", "1m,1048576", "2g,2147483648", "2G,2147483648", "0g,0",
            "8589934591g,9223372035781033984"})
    void aSizeIsBytesOrANumberWithKMOrG(String text, long bytes) {
        assertEquals(bytes, SizeText.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1023,1023", "1024,1k", "1025,1025", "1536,1536", "65536,64k", "1048576,1m", "1049600,1025k", "1073741824,1g",
            "1099511627776,1024g", "9223372036854775807,9223372036854775807"})
    void sizesAreWrittenInTheLargestUnitThatFits(long bytes, String text) {
        assertEquals(text, SizeText.format(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "1023", "64k", "1m", "2g", "8589934591g"})
    void theShortestTextRoundTrips(String text) {
        assertEquals(text, SizeText.format(SizeText.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "-1", "+1", "1.5m", "64kb", "64KiB", "1t", "1 k", "0x10", "\u0663", "1k\n", "12345678901234567890"})
    void anythingElseIsRefusedWithWhatIsUnderstood(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> SizeText.parse(text)).getMessage();
        assertTrue(message.contains("such as 4096, 64k, 1m, 2g"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8589934592g", "999999999999999999k"})
    void whatDoesNotFitIntoALongIsRefused(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> SizeText.parse(text)).getMessage();
        assertTrue(message.startsWith("too large"), message);
    }
}
