package org.jettyphp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    @TempDir private Path directory;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("php.properties");
    }

    @Test
    void propertiesAreReadAsUtf8() throws IOException {
        SettingSource source = read("""
                # comment
                documentRoot = /srv/päge
                index = index.php \\
                        index.html
                ini.memory_limit: 1g
                """);
        assertEquals(SettingSource.Kind.FILE, source.kind());
        assertEquals(file.toString(), source.origin());
        assertEquals(Map.of("documentRoot", "/srv/päge", "index", "index.php index.html", "ini.memory_limit", "1g"), source.values());
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        assertEquals(Map.of("workers", "4"), read("\uFEFFworkers=4").values());
    }

    @Test
    void aNameGivenTwiceIsRefusedUnlessTheValuesAreEqual() throws IOException {
        assertEquals(Map.of("workers", "4"), read("workers=4 \nworkers=4").values());
        assertEquals("A setting cannot be used:\n  workers in " + file + " = \"4\": given again, differently, as workers in " + file
                + " = \"5\"; give it once, or the same twice", refusal("workers=4\nworkers=5".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        assertEquals("A setting cannot be used:\n  settings file " + file + ": it is not UTF-8",
                refusal("documentRoot=/srv/p\u00e4ge".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aBrokenEscapeIsRefused() throws IOException {
        String message = refusal("documentRoot=C:\\users".getBytes(StandardCharsets.UTF_8));
        assertTrue(message.contains("it is not in the format of java.util.Properties: Malformed \\uxxxx encoding"), message);
    }

    @Test
    void aMissingFileIsRefused() {
        assertEquals("A setting cannot be used:\n  settings file " + file + ": there is no such file",
                assertThrows(SettingsException.class, () -> SettingsFile.read(file)).getMessage());
    }

    @Test
    void aDirectoryIsRefused() {
        String message = assertThrows(SettingsException.class, () -> SettingsFile.read(directory)).getMessage();
        assertTrue(message.contains("settings file " + directory + ": it cannot be read: "), message);
    }

    private SettingSource read(String text) throws IOException {
        return SettingsFile.read(Files.writeString(file, text));
    }

    private String refusal(byte[] content) throws IOException {
        Files.write(file, content);
        return assertThrows(SettingsException.class, () -> SettingsFile.read(file)).getMessage();
    }
}
