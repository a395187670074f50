package org.jettyphp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({"'','',0", "abc,abc,0", "abc,'',3", "'',abc,3", "abc,abd,1", "abc,ab,1", "abc,abxc,1", "abc,acb,1", "abc,cba,2",
            "kitten,sitting,3"})
    void editsAreLettersInsertedLeftOutReplacedOrSwapped(String from, String to, int edits) {
        assertEquals(edits, Suggestion.edits(from, to));
        assertEquals(edits, Suggestion.edits(to, from));
    }

    @Test
    void theNearestComesFirstAndAtMostThree() {
        assertEquals(List.of("timeout", "timeouts", "timeoux"),
                Suggestion.nearest("timeout", List.of("timeouts", "timeoux", "timeour", "timeout", "other")));
    }

    @Test
    void aPartOfANameSuggestsItOnlyIfNoneIsNear() {
        assertEquals(List.of("queueTimeout"), Suggestion.nearest("timeout", List.of("queueTimeout", "queueSize")));
        assertEquals(List.of("timeouts"), Suggestion.nearest("timeout", List.of("queueTimeout", "timeouts")));
    }
}
