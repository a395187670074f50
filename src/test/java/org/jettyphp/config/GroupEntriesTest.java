package org.jettyphp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jettyphp.config.SettingSource.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupEntriesTest {

    @Test
    void entriesOfAVariableEndAtSemicolons() {
        assertEquals(Map.of("memory_limit", "1g", "display_errors", "0"), ini("memory_limit=1g; display_errors = 0 ;"));
    }

    @Test
    void orAtLineEndsWhereValuesMayContainSemicolons() {
        assertEquals(Map.of("session.save_path", "5;/tmp", "a", "x=y"), ini("session.save_path=5;/tmp\r\n\na=x=y"));
        assertEquals(Map.of("session.save_path", "5;/tmp"), ini("session.save_path=5;/tmp\n"));
    }

    @Test
    void aSemicolonInAValueWithoutLineEndsIsRefused() {
        SettingSource variable = SettingSource.environment(Map.of("JETTY_PHP_FPM_INI", "session.save_path=5;/tmp"));
        assertEquals("entry 2: expected NAME=value; if a value contains ; then put each entry on a line of its own,"
                + " and end the last line too", refusal(variable));
    }

    @Test
    void anEntryGivenTwiceDifferentlyIsRefused() {
        String message = refusal(SettingSource.environment(Map.of("JETTY_PHP_FPM_INI", "a=1;a=2")));
        assertTrue(message.startsWith("given again, differently"), message);
    }

    @Test
    void aFlagHasOneEntry() {
        assertEquals("expected NAME=value", refusal(SettingSource.flag("ini", "memory_limit")));
        assertEquals(Map.of("session.save_path", "5;/tmp"), ini(SettingSource.flag("ini", "session.save_path=5;/tmp")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"param.", "param. ", "param.A B", "param.A=B", "param.A\u0085B", "param.A\nB"})
    void anEntryNeedsAName(String written) {
        assertEquals("an entry of a group needs a name, without white space and =",
                refusal(new SettingSource(Kind.INIT_PARAM, "", Map.of(written, "x"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=x", " =x", "A B=x"})
    void soDoesTheEntryOfAFlag(String value) {
        assertEquals("an entry of a group needs a name, without white space and =", refusal(SettingSource.flag("param", value)));
    }

    private static Map<String, String> ini(String value) {
        return ini(SettingSource.environment(Map.of("JETTY_PHP_FPM_INI", value)));
    }

    private static Map<String, String> ini(SettingSource source) {
        return SampleSettings.reader().read(List.of(source)).get(SampleSettings.Cgi.class).ini();
    }

    private static String refusal(SettingSource source) {
        SettingsException refused = assertThrows(SettingsException.class, () -> SampleSettings.reader().read(List.of(source)));
        return refused.problems().get(0).explanation();
    }
}
