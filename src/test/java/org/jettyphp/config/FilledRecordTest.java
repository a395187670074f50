package org.jettyphp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FilledRecordTest {

    record Fussy(
            @Setting(text = "What the constructor says.") @Nullable String user,
            @Setting(byDefault = "1", text = "A number.") int number,
            @Setting(text = "A group.") Map<String, String> param) {

        Fussy {
            throw user == null ? new IllegalArgumentException() : new IllegalArgumentException(user);
        }
    }

    @Test
    void ofARefusedGroupAllPlacesAreNamed() {
        String places = "flag --param and environment variable JETTY_PHP_FPM_PARAM";
        assertEquals(new SettingProblem(places, "param", null, "param has too many entries"),
                refusal(SettingSource.flag("user", "param has too many entries"), SettingSource.flag("param", "A=1"),
                        SettingSource.environment(Map.of("JETTY_PHP_FPM_PARAM", "B=2"))));
    }

    @Test
    void ofARefusedEntryItsPlaceAndValueAreNamed() {
        assertEquals(new SettingProblem("environment variable JETTY_PHP_FPM_PARAM", "param.B", "2", "param.B is ours"),
                refusal(SettingSource.flag("user", "param.B is ours"), SettingSource.flag("param", "A=1"),
                        SettingSource.environment(Map.of("JETTY_PHP_FPM_PARAM", "B=2"))));
    }

    @Test
    void aPartOfAWordIsNoName() {
        assertEquals(new SettingProblem("flag --number", "number", "7", "number of users"),
                refusal(SettingSource.flag("user", "number of users"), SettingSource.flag("number", "7")));
    }

    @Test
    void theEndingOfAFileIsNoName() {
        assertEquals(new SettingProblem("flag --number", "number", "7", "number of .user files"),
                refusal(SettingSource.flag("user", "number of .user files"), SettingSource.flag("number", "7")));
    }

    @Test
    void aRefusalThatNamesNoSettingIsReportedWithAllGivenValues() {
        assertEquals(new SettingProblem("flag --user and flag --number", "Fussy", null, "no"),
                refusal(SettingSource.flag("user", "no"), SettingSource.flag("number", "7")));
    }

    @Test
    void aRefusalOfDefaultsSaysSo() {
        assertEquals(new SettingProblem("default settings", "Fussy", null, "java.lang.IllegalArgumentException"), refusal());
        assertEquals(new SettingProblem("default settings", "number", null, "number is needed"),
                refusal(SettingSource.flag("user", "number is needed")));
    }

    @Test
    void aRecordThatLacksAValueThatWasNotUnderstoodIsNotBlamedToo() {
        SettingsException refused = assertThrows(SettingsException.class, () -> SampleSettings.reader()
                .read(List.of(SettingSource.flag("max-connections", "many"), SettingSource.flag("workers", "40"))));
        assertEquals(List.of(new SettingProblem("flag --max-connections", "maxConnections", "many", "expected a whole number, such as 32")),
                refused.problems());
    }

    private static SettingProblem refusal(SettingSource... sources) {
        SettingsReader reader = new SettingsReader(List.of(Fussy.class));
        List<SettingProblem> problems = assertThrows(SettingsException.class, () -> reader.read(List.of(sources))).problems();
        assertEquals(1, problems.size());
        return problems.get(0);
    }
}
