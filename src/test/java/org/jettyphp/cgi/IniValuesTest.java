package org.jettyphp.cgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IniValuesTest {

    @Test
    void theyAreLinesInTheOrderGiven() throws Exception {
        Map<String, String> ini = new LinkedHashMap<>();
        ini.put("memory_limit", "512M");
        ini.put("display_errors", "On");
        CgiSettings settings = new CgiSettings(Map.of(), ini, Map.of("open_basedir", "/srv"), false, 262144);
        CgiVariables variables = new Requests().variables(settings);
        assertEquals("memory_limit=512M\ndisplay_errors=On", variables.get("PHP_VALUE"));
        assertEquals("open_basedir=/srv", variables.get("PHP_ADMIN_VALUE"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "On | On",
            "-1 | -1",
            ".:/usr/share/php | .:/usr/share/php",
            "exec,system | exec,system",
            "E_ALL & ~E_NOTICE | E_ALL & ~E_NOTICE",
            "tcp://h:1?auth=x&y=1 | \"tcp://h:1?auth=x&y=1\"",
            "a;b | \"a;b\"",
            "it's | \"it's\"",
            "say \"hi\" | \"say \\\"hi\\\"\"",
            "C:\\dir | \"C:\\\\dir\"",
            "\"already; quoted\" | \"already; quoted\"",
            "'already; quoted' | 'already; quoted'",
            "\"two\" \"parts\" | \"\\\"two\\\" \\\"parts\\\"\"",
            "\"open | \"\\\"open\"",
            "päge | \"päge\"",
    })
    void aValueIsQuotedOnlyWherePhpIniNeedsIt(String value, String sent) throws Exception {
        CgiSettings settings = new CgiSettings(Map.of(), Map.of("x", value), Map.of(), false, 262144);
        assertEquals("x=" + sent, new Requests().variables(settings).get("PHP_VALUE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a=b", "a\nb", "a;b", "[x]", "ä"})
    void aBadNameIsRefusedAtStart(String name) {
        refused(new CgiSettings(Map.of(), Map.of(name, "1"), Map.of(), false, 262144), "ini.");
        refused(new CgiSettings(Map.of(), Map.of(), Map.of(name, "1"), false, 262144), "adminIni.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0000b", "${header:X}", "x${HOME}"})
    void aBadValueIsRefusedAtStart(String value) {
        refused(new CgiSettings(Map.of(), Map.of("name", value), Map.of(), false, 262144), "ini.");
        refused(new CgiSettings(Map.of(), Map.of(), Map.of("name", value), false, 262144), "adminIni.");
    }

    private static void refused(CgiSettings settings, String start) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> new Variables(settings, "test"));
        assertTrue(refused.getMessage().startsWith(start), refused.getMessage());
    }
}
