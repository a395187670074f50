package org.jettyphp.fpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationIniTest {

    private final List<IniValue> asked = new ArrayList<>();
    private final ApplicationIni ini = new ApplicationIni(() -> List.copyOf(asked), Set.of("memory_limit", "precision", "error_log"));

    private Map<String, String> ask(String name, String value) {
        asked.add(new IniValue(name, value, "/srv/.htaccess:1"));
        ini.begin(Set.of());
        return ini.values();
    }

    @Test
    void theLastOneCounts() {
        ask("memory_limit", "64M");
        assertEquals(Map.of("memory_limit", "65M"), ask("memory_limit", "65M"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable_functions", "memory_limit]", "Memory_Limit", "", "error_log"})
    void whatAnApplicationMayNotSetIsLeftOut(String name) {
        assertEquals(Map.of(), ask(name, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\"", "1'", "1\\", "$pool", "${HOME}", "`", "1\nphp_admin_value[a] = 1", "1\r2", "\u0000", "\u007f", "\u0085",
            "\u00e9"})
    void aValueThatQuotesDoNotHoldIsLeftOut(String value) {
        assertEquals(Map.of(), ask("memory_limit", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64M", ".:/usr/share/php", "&amp;]#[x", "a=href,area=href", "a;b", "-1"})
    void otherValuesArePlain(String value) {
        assertEquals(Map.of("memory_limit", value), ask("memory_limit", value));
    }

    @Test
    void aChangeCountsWhenItIsStillThereASecondTime() {
        ask("memory_limit", "64M");
        assertFalse(ini.look(Set.of()));
        asked.add(new IniValue("precision", "9", "/srv/.htaccess:2"));
        assertFalse(ini.look(Set.of()), "it may be half written");
        assertEquals(Map.of("memory_limit", "64M"), ini.values());
        assertTrue(ini.look(Set.of()));
        assertEquals(Map.of("memory_limit", "64M", "precision", "9"), ini.values());
        assertFalse(ini.look(Set.of()));
    }

    @Test
    void aValueOnAnotherLineOrOneThatCannotCountIsNoChange() {
        ask("memory_limit", "64M");
        asked.set(0, new IniValue("memory_limit", "64M", "/srv/.htaccess:9"));
        asked.add(new IniValue("disable_functions", "x", "/srv/.htaccess:10"));
        assertFalse(ini.look(Set.of()));
        assertFalse(ini.look(Set.of()));
    }
}
