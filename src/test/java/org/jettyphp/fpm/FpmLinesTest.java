package org.jettyphp.fpm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FpmLinesTest {

    private final FpmLines lines = new FpmLines();

    @Test
    void anExtensionThatIsNotThereIsNews() {
        String missing =
                "[28-Nov-2026 11:32:20] NOTICE: PHP message: PHP Warning:  PHP Startup: Unable to load dynamic library 'nosuch.so'";
        assertEquals(List.of(missing), news("[28-Nov-2026 11:32:20] NOTICE: fpm is running, pid 7", missing));
    }

    @Test
    void whatAScriptIsToldOfIsSaidWithItsRequestAlone() {
        assertEquals(List.of(), news("NOTICE: PHP message: PHP Fatal error:  Uncaught Exception: no in /app/a.php:3",
                "Stack trace:", "#0 /app/index.php(2): f()", "#1 {main}", "  thrown in /app/a.php on line 3",
                "NOTICE: PHP message: PHP Warning:  PHP Request Startup: Failed to open stream: Permission denied in Unknown on line 0"));
    }

    @Test
    void whatIsWrittenToStandardErrorIsNews() {
        List<String> written = List.of("sh: 1: /usr/sbin/sendmail: not found", "Stack trace:", "#0 {main}");
        assertEquals(written, written.stream().filter(lines::isNews).toList());
    }

    @Test
    void aPoolOnDemandThatHasAllItsWorkersIsNoNews() {
        assertEquals(List.of("[x] WARNING: [pool app] server reached max_children setting (4), consider raising it"),
                news("[x] WARNING: [pool app-ini3] server reached max_children setting (4), consider raising it",
                        "[x] WARNING: [pool app] server reached max_children setting (4), consider raising it"));
    }

    private List<String> news(String... said) {
        return List.of(said).stream().filter(lines::isNews).toList();
    }
}
