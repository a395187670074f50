package org.jettyphp.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptSettingsTest {

    private static final List<String> PHP = List.of("php");
    private static final List<String> INDEX = List.of("index.php", "index.html");

    private static ScriptSettings settings(List<String> extensions, List<String> index, @Nullable String fallback) {
        return new ScriptSettings(null, null, extensions, true, index, fallback, null);
    }

    private static String refusal(List<String> extensions, List<String> index, @Nullable String fallback) {
        return assertThrows(IllegalArgumentException.class, () -> settings(extensions, index, fallback)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {".php", "", "p.hp", "ph p", "php$", "*", "php\n", "ph/p", "phü"})
    void anExtensionIsLettersAndDigits(String extension) {
        String message = refusal(List.of("php", extension), INDEX, null);
        assertTrue(message.startsWith("scriptExtensions has '") && message.contains("php and not .php"), message);
    }

    @Test
    void thereMustBeAnExtension() {
        assertTrue(refusal(List.of(), INDEX, null).startsWith("scriptExtensions is empty"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "/index.php", "a/index.php", "a\\index.php", "index.php\n", "WEB-INF"})
    void anIndexIsAFileWithinTheDirectory(String name) {
        String message = refusal(PHP, List.of(name), null);
        assertTrue(message.startsWith("index has '"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/index.php", "/index.php$path", "/index.php?q=$path", "/a b/ü.php", "/index.php?", "/app/index.html",
            "/index.php$path?a=$path&b=%20"})
    void theseFallbacksAreUnderstood(String fallback) {
        assertEquals(fallback, settings(PHP, INDEX, fallback).fallback());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "index.php", "/", "/app/", "$path", "/$path", "/$path.php", "/index.php/$path", "/index.php$uri",
            "/index.php?q=$uri&$args", "/index.php?q=$1", "/../index.php", "/a%2Findex.php", "/%zz.php", "/%00.php", "/a\n.php",
            "/a\\b.php", "/index.html$path", "/index.html?q=$path", "/index.phtml", "/index.PHP", "/index.php?q=a b",
            "/index.php?q=ü", "/index.php?q=\n", "/index.php?a#b", "/index.php#a", "http://localhost/index.php"})
    void otherFallbacksAreRefusedWithTheFormsThereAre(String fallback) {
        String message = refusal(PHP, INDEX, fallback);
        assertTrue(message.startsWith("fallback '" + fallback + "'") && message.contains("/index.php?q=$path"), message);
    }

    @Test
    void usersOfNginxLearnWhatTheirVariablesAreHere() {
        assertTrue(refusal(PHP, INDEX, "/index.php?q=$uri&$args").contains("$path is what nginx calls $uri, and the request's own "
                + "query is appended anyway"));
    }

    @Test
    void theRootOverThereMustBeAbsolute() {
        Path relative = Path.of("www");
        String message = assertThrows(IllegalArgumentException.class,
                () -> new ScriptSettings(null, relative, PHP, true, INDEX, null, null)).getMessage();
        assertTrue(message.startsWith("scriptRoot 'www' is relative"), message);
    }

    @Test
    void aResolverNeedsARoot(@TempDir Path directory) {
        ScriptSettings none = settings(PHP, INDEX, null);
        String message = unusable(none);
        assertTrue(message.startsWith("documentRoot is not set"), message);
        message = unusable(none.withDocumentRoot(directory.resolve("missing")));
        assertTrue(message.startsWith("documentRoot ") && message.contains("/missing is no directory"), message);
        message = unusable(new ScriptSettings(null, null, PHP, false, INDEX, null, null));
        assertTrue(message.startsWith("scriptRoot is not set"), message);
    }

    private static String unusable(ScriptSettings settings) {
        return assertThrows(IllegalArgumentException.class, () -> new ScriptResolver(settings, Access.STANDARD)).getMessage();
    }
}
