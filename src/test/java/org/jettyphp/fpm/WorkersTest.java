package org.jettyphp.fpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

    @Test
    void oneNumberIsAlwaysAsMany() {
        assertEquals(new Workers(8, 8), Workers.of("8"));
        assertFalse(Workers.of("8").grow());
        assertFalse(Workers.of("8..8").grow());
    }

    @Test
    void twoAreTheLeastAndTheMost() {
        assertEquals(new Workers(2, 16), Workers.of("2..16"));
        assertTrue(Workers.of("2..16").grow());
        assertEquals("2..16", Workers.of("2..16").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0..4", "5..2", "2..", "..2", "2...4", "2-4", "many", "10001", "2..99999", "999999", "1 .. 2"})
    void whatIsNoneIsRefusedWithWhatIsUnderstood(String text) {
        String why = assertThrows(IllegalArgumentException.class, () -> Workers.of(text)).getMessage();
        assertTrue(why.contains("workers is") && why.contains("2..16"), why);
    }
}
