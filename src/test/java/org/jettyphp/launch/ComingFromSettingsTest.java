package org.jettyphp.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.SettingsFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every setting on the page for those who come from another server is understood as it is written there. */
class ComingFromSettingsTest {

    private static final Pattern SETTING = Pattern.compile("`([a-z][A-Za-z]*(?:\\.[^\\s=`]+)?=[^`]*)`");
    private static final Pattern EXAMPLE = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);

    private static String page() throws IOException {
        return Files.readString(Path.of("src/site/markdown/coming-from.md"));
    }

    /** The columns that are ours, and the whole examples. */
    private static List<String> settings() throws IOException {
        List<String> settings = new ArrayList<>();
        for (String row : page().lines().filter(line -> line.startsWith("| ")).toList()) {
            String[] cells = row.replace("\\|", "\0").split("\\|");
            for (int i = 2; i < cells.length; i++) {
                SETTING.matcher(cells[i].replace('\0', '|').replace("` and `", "\n")).results()
                        .forEach(found -> settings.add(found.group(1)));
            }
        }
        EXAMPLE.matcher(page()).results().forEach(found -> settings.add(found.group(1)));
        return settings;
    }

    private static void read(String text) {
        ServerSettings.reader().read(List.of(
                new SettingSource(SettingSource.Kind.FILE, "example.properties", SettingsFile.values(text, "example.properties"))));
    }

    @TestFactory
    List<DynamicTest> everySettingIsUnderstood() throws IOException {
        List<String> settings = settings();
        assertTrue(settings.size() > 100, settings.size() + " settings");
        return settings.stream().map(setting -> dynamicTest(setting.lines().findFirst().orElse(""), () -> read(setting))).toList();
    }

    @Test
    void everyRowHasThreeColumns() throws IOException {
        for (String row : page().lines().filter(line -> line.startsWith("|")).toList()) {
            assertEquals(4, row.replace("\\|", "").chars().filter(c -> c == '|').count(), row);
        }
    }
}
