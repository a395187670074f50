package org.jettyphp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jettyphp.setting.TextLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypeTest {

    record Generics(List<String> list, Map<String, String> group, List<Integer> numbers, Map<String, Integer> counts) {}

    static Stream<Arguments> understood() {
        return Stream.of(
                arguments(String.class, "/index.php?p=$path", "/index.php?p=$path", "/index.php?p=$path"),
                arguments(String.class, "päge über", "päge über", "päge über"),
                arguments(Path.class, "/srv/www", Path.of("/srv/www"), "/srv/www"),
                arguments(Path.class, "../www", Path.of("../www"), "../www"),
                arguments(boolean.class, "true", true, "true"),
                arguments(boolean.class, "on", true, "true"),
                arguments(boolean.class, "yes", true, "true"),
                arguments(Boolean.class, "false", false, "false"),
                arguments(Boolean.class, "off", false, "false"),
                arguments(Boolean.class, "no", false, "false"),
                arguments(int.class, "32", 32, "32"),
                arguments(Integer.class, "-1", -1, "-1"),
                arguments(int.class, "2147483647", Integer.MAX_VALUE, "2147483647"),
                arguments(long.class, "64k", 65_536L, "64k"),
                arguments(Long.class, "1048576", 1_048_576L, "1m"),
                arguments(Duration.class, "90s", Duration.ofSeconds(90), "90s"),
                arguments(SampleSettings.Place.class, "memory", SampleSettings.Place.MEMORY, "memory"),
                arguments(SampleSettings.Place.class, "local-disk", SampleSettings.Place.LOCAL_DISK, "local-disk"),
                arguments(TextLines.class, "a b,c\n\n\td \r\n", new TextLines(List.of("a b,c", "d")), "a b,c\nd"),
                arguments(TextLines.class, "", new TextLines(List.of()), ""),
                arguments(generic("list"), "a b", List.of("a", "b"), "a b"),
                arguments(generic("list"), " a,b , c\n\td,", List.of("a", "b", "c", "d"), "a b c d"),
                arguments(generic("list"), "", List.of(), ""),
                arguments(generic("list"), " , ", List.of(), ""));
    }

    @ParameterizedTest
    @MethodSource("understood")
    void aValueIsUnderstoodAndRoundTrips(Type type, String text, Object value, String shortest) {
        SettingType parsed = SettingType.of(type);
        assertEquals(value, parsed.parser().apply(text));
        assertEquals(shortest, parsed.format().apply(value));
        assertEquals(value, parsed.parser().apply(shortest));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(String.class, "", "an empty value is not understood; leave the setting out to have its default"),
                arguments(String.class, "a\nb", "control characters (line end, tab, NUL) are not allowed in a value"),
                arguments(Path.class, "", "an empty value is not understood; leave the setting out to have its default"),
                arguments(Path.class, "/a\0b", "control characters (line end, tab, NUL) are not allowed in a value"),
                arguments(boolean.class, "1", "expected true, on or yes, or false, off or no"),
                arguments(boolean.class, "TRUE", "expected true, on or yes, or false, off or no"),
                arguments(boolean.class, "", "an empty value is not understood; leave the setting out to have its default"),
                arguments(int.class, "3.5", "expected a whole number, such as 32"),
                arguments(int.class, "1k", "expected a whole number, such as 32"),
                arguments(int.class, "+1", "expected a whole number, such as 32"),
                arguments(int.class, "\u0663", "expected a whole number, such as 32"),
                arguments(int.class, "2147483648", "expected a whole number of at most 2147483647"),
                arguments(SampleSettings.Place.class, "disk", "expected one of memory, local-disk"),
                arguments(SampleSettings.Place.class, "LOCAL_DISK", "expected one of memory, local-disk"),
                arguments(generic("list"), "a \u0001b", "control characters (line end, tab, NUL) are not allowed in a value"),
                arguments(generic("group"), "a\tb", "control characters (line end, tab, NUL) are not allowed in a value"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aValueIsRefusedWithWhatIsUnderstood(Type type, String text, String message) {
        SettingType parsed = SettingType.of(type);
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> parsed.parser().apply(text)).getMessage());
    }

    @Test
    void anEmptyEntryOfAGroupIsAValue() {
        assertEquals("", SettingType.of(generic("group")).parser().apply(""));
    }

    @ParameterizedTest
    @ValueSource(classes = {double.class, char.class, URI.class, Object.class, List.class, Map.class})
    void otherTypesAreRefused(Class<?> type) {
        String message = assertThrows(IllegalArgumentException.class, () -> SettingType.of(type)).getMessage();
        assertTrue(message.contains(type.getTypeName()), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"numbers", "counts"})
    void collectionsOfOtherThanTextAreRefused(String component) {
        assertThrows(IllegalArgumentException.class, () -> SettingType.of(generic(component)));
    }

    private static Type generic(String component) {
        return Arrays.stream(Generics.class.getRecordComponents()).filter(any -> any.getName().equals(component)).findFirst().orElseThrow()
                .getGenericType();
    }
}
