package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptNamesTest {

    private final ScriptNames names = new ScriptNames(List.of("php"));

    @ParameterizedTest
    @ValueSource(strings = {"x.php", ".php", "a.b.php", "x.txt.php", "x..php", "ü.php"})
    void theEndDecidesWhatRuns(String name) {
        assertTrue(names.runs(name));
        assertTrue(names.looksLikeScript(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.PHP", "x.php\n", "x.php\r", "x.php\u0085", "x.php\u2028", "x.php\u2029", "x.php ", "x.php.", "x.php~",
            "x.php.bak", "#x.php#", ".x.php.swp", "x.php5", "x.phtml", "x.pht", "x.phps", "x.phar", "x.PhAr.gz", "x.ph", "x.pH9",
            "x.php::$DATA", "x.php-save", "x.php_old"})
    void whatOnlyLooksLikeOneDoesNot(String name) {
        assertFalse(names.runs(name));
        assertTrue(names.looksLikeScript(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"php", "xphp", "x.txt", "photo.jpg", "holiday.photos.zip", "a.phase2.pdf", "x.p", "", ".", "x.", "x.hp",
            "graph.png", "a.p.hp"})
    void othersArePlain(String name) {
        assertFalse(names.runs(name));
        assertFalse(names.looksLikeScript(name));
    }

    @Test
    void configuredExtensionsCountInEveryCaseAndWithCopies() {
        ScriptNames own = new ScriptNames(List.of("inc", "Module"));
        assertTrue(own.runs("a.inc") && own.runs("a.Module") && !own.runs("a.module") && !own.runs("a.php"));
        assertTrue(own.looksLikeScript("a.INC") && own.looksLikeScript("a.inc~") && own.looksLikeScript("a.module.bak")
                && own.looksLikeScript("a.php"));
        assertFalse(own.looksLikeScript("a.include") || own.looksLikeScript("a.modules") || own.looksLikeScript("inc"));
    }
}
