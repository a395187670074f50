package org.jettyphp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({"0,0", "1ms,1", "500ms,500", "30s,30000", "2m,120000", "1h,3600000", "0s,0", "007s,7000", "2562047h,9223369200000"})
    void aNumberAndItsUnitIsADuration(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), DurationText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1ms", "999ms", "1001ms", "59s", "61s", "1m", "59m", "61m", "1h", "25h", "2562047h"})
    void theShortestTextRoundTrips(String text) {
        assertEquals(text, DurationText.format(DurationText.parse(text)));
    }

    @ParameterizedTest
    @CsvSource({"1000ms,1s", "60s,1m", "3600s,1h", "90s,90s", "120s,2m", "0h,0"})
    void durationsAreWrittenInTheLargestUnitThatFits(String text, String shortest) {
        assertEquals(shortest, DurationText.format(DurationText.parse(text)));
    }

    @Test
    void aBareNumberIsRefusedWithAHint() {
        String message = assertThrows(IllegalArgumentException.class, () -> DurationText.parse("30")).getMessage();
        assertTrue(message.startsWith("the unit is missing: 30ms or 30s?"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "+1s", "1.5s", "1d", "1 s", "1S", "1m30s", "30sec", "\u0663s", "1s\n",
            "00", "1234567890123456789s"})
    void anythingElseIsRefusedWithWhatIsUnderstood(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> DurationText.parse(text)).getMessage();
        assertTrue(message.contains("500ms, 30s, 2m, 1h, or 0"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2562048h", "999999999999999999h", "999999999999999999m", "9223372036855s"})
    void whatDoesNotFitIntoNanosecondsIsRefused(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> DurationText.parse(text)).getMessage();
        assertTrue(message.startsWith("too long"), message);
    }
}
