package org.jettyphp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jettyphp.setting.Setting;
import org.jettyphp.setting.TextLines;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeclaredSettingTest {

    record Workers(@Setting(byDefault = "1", text = "") int workers) {}

    record BadDefault(@Setting(byDefault = "soon", text = "") Duration delay) {}

    record NoDefault(@Setting(text = "") int count) {}

    record NoSetting(String name) {}

    record StockName(@Setting(byDefault = "1s", text = "") Duration timeout) {}

    record Adding(@Setting(byDefault = "a b", adds = true, text = "") List<String> names) {}

    record AddingToNoList(@Setting(byDefault = "1s", adds = true, text = "") Duration delay) {}

    record AddingToLines(@Setting(byDefault = "a", adds = true, text = "") TextLines rules) {}

    record Failing(@Setting(text = "") @Nullable String name) {
        Failing {
            throw new IllegalStateException("a defect");
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesInTheDeclarationsAreFoundWhenTheReaderIsMade(List<Class<? extends Record>> records, String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> new SettingsReader(records)).getMessage());
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(List.of(SampleSettings.Pool.class, Workers.class), "two settings named workers: in Pool and in Workers"),
                Arguments.of(List.of(BadDefault.class), "BadDefault.delay: a duration is a whole number and its unit, ms, s, m or h,"
                        + " such as 500ms, 30s, 2m, 1h, or 0"),
                Arguments.of(List.of(NoDefault.class), "NoDefault.count: a int needs a default; without one, use the nullable class"),
                Arguments.of(List.of(AddingToNoList.class), "AddingToNoList.delay: only a list can add to its default"),
                Arguments.of(List.of(AddingToLines.class), "AddingToLines.rules: only a list can add to its default"),
                Arguments.of(List.of(NoSetting.class), "NoSetting.name has no @Setting"),
                Arguments.of(List.of(StockName.class), "timeout has a meaning of its own in stock Jetty, as an init-param"));
    }

    @Test
    void someListsAddToTheirDefault() {
        SettingsReader reader = new SettingsReader(List.of(Adding.class));
        assertEquals(List.of("a", "b"), reader.read(List.of()).get(Adding.class).names());
        assertEquals(List.of("a", "b", "c"), reader.read(List.of(SettingSource.flag("names", "b c"))).get(Adding.class).names());
    }

    @Test
    void aDefectInAConstructorIsNoProblemOfTheUser() {
        SettingsReader failing = new SettingsReader(List.of(Failing.class));
        IllegalStateException defect = assertThrows(IllegalStateException.class, () -> failing.read(List.of()));
        assertEquals("a defect", defect.getCause().getMessage());
    }
}
