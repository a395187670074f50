package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

    @ParameterizedTest
    @CsvSource({"*.sql, dump.sql, true", "*.sql, .sql, true", "*.sql, sql, false", "*.sql, dump.sql.gz, false", "*.SQL, dump.sql, true",
            "*~, x.php~, true", "*~, ~, true", "#*#, #x#, true", "#*#, #, false", ".*, .env, true", ".*, env, false", "a?c, abc, true",
            "a?c, ac, false", "a*b*c, axxbxxc, true", "a*b*c, axxcxxb, false", "package.json, package.json, true",
            "package.json, package-json, false"})
    void aNameMeansFilesAndDirectoriesOfThatName(String pattern, String name, boolean meant) {
        assertEquals(meant ? 1 : 0, PathPattern.parse("deny", pattern).reach(List.of(name)));
        assertEquals(meant ? 3 : 0, PathPattern.parse("deny", pattern).reach(List.of("/", "/", name, "/")));
    }

    @ParameterizedTest
    @CsvSource({"/private, private, 1", "/private, private/a/b, 1", "/private/, private/a, 1", "/private, a/private, 0",
            "/private, privateer, 0", "/a/*/c, a/b/c, 3", "/a/*/c, a/c, 0", "/vendor/**/*.php, vendor/x.php, 2",
            "/vendor/**/*.php, vendor/a/b/x.php, 4", "/vendor/**/*.php, vendor/a/x.php/info, 3", "/vendor/**/*.php, lib/vendor/x.php, 0",
            "/vendor/**/*.php, vendor/a/x.css, 0", "/**/cache, a/b/cache/x, 3", "/private/**, private/a, 1", "/**/cache, cache, 1"})
    void aPathMeansWhatIsThereAndBelow(String pattern, String path, int reach) {
        assertEquals(reach, PathPattern.parse("deny", pattern).reach(List.of(path.split("/"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "/", "/a//b", "/a/../b", "/./a", "**", "/**", "a**", "/a/b**", ".", "..", "wp-content/uploads"})
    void whatIsNeitherIsRefused(String pattern) {
        String message = assertThrows(IllegalArgumentException.class, () -> PathPattern.parse("noExec", pattern)).getMessage();
        assertTrue(message.startsWith("noExec has '" + pattern + "'; "), message);
    }

    @Test
    void noPatternTakesLong() {
        String glob = "*a".repeat(50);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertFalse(PathPattern.matches(glob, "a".repeat(5000) + "b")));
        List<String> deep = java.util.Collections.nCopies(60, "a");
        PathPattern pattern = PathPattern.parse("deny", "/" + "**/a/".repeat(20) + "b");
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertEquals(0, pattern.reach(deep)));
    }
}
