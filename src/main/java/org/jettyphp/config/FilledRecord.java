package org.jettyphp.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills one settings record; what its constructor refuses becomes a problem with the place that gave the value. */
final class FilledRecord {

    private final Class<? extends Record> type;
    private final List<DeclaredSetting> settings;
    private final List<GivenSetting> given;

    /**
     * A record to be filled.
     *
     * @param settings those of the record, in the order of its components
     * @param strongest the values that count, of all records
     */
    FilledRecord(Class<? extends Record> type, List<DeclaredSetting> settings, Collection<GivenSetting> strongest) {
        this.type = type;
        this.settings = settings;
        this.given = strongest.stream().filter(value -> value.setting().owner() == type).toList();
    }

    /** The record; null if its constructor refuses a value, which then is in the problems. */
    @Nullable
    Record fill(List<SettingProblem> problems) {
        try {
            return constructor().newInstance(settings.stream().map(this::value).toArray());
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException bound) {
                problems.add(problem(SettingProblem.explanation(bound)));
                return null;
            }
            throw new IllegalStateException("the constructor of " + type.getName() + " failed", refused.getCause());
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(type.getName() + " cannot be made", broken);
        }
    }

    private Constructor<? extends Record> constructor() throws NoSuchMethodException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor;
    }

    private @Nullable Object value(DeclaredSetting setting) {
        if (setting.type().group()) {
            Map<String, Object> entries = new LinkedHashMap<>();
            given.stream().filter(value -> value.setting() == setting).forEach(value -> entries.put(value.entry(), value.value()));
            return Collections.unmodifiableMap(entries);
        }
        return given.stream().filter(value -> value.setting() == setting).map(GivenSetting::value).findFirst().orElse(setting.standard());
    }

    /** Which settings a refusal is about can only be read in its message, which names them. */
    private SettingProblem problem(String message) {
        List<DeclaredSetting> named = settings.stream().filter(setting -> position(setting, message) >= 0)
                .sorted(Comparator.comparingInt(setting -> position(setting, message))).toList();
        List<GivenSetting> concerned = given.stream().filter(value -> named.isEmpty() || named.contains(value.setting())).toList();
        // Of a group that has several entries, those in the message, if it names any: ini.memory_limit.
        List<GivenSetting> exactly = concerned.stream().filter(value -> message.contains(value.name())).toList();
        List<GivenSetting> places = exactly.isEmpty() ? concerned : exactly;
        String origins = places.stream().map(GivenSetting::where).distinct().collect(Collectors.joining(" and "));
        String where = origins.isEmpty() ? "default settings" : origins;
        String name = named.isEmpty() ? type.getSimpleName() : named.get(0).name();
        boolean one = places.size() == 1;
        return new SettingProblem(where, one ? places.get(0).name() : name, one ? places.get(0).text() : null, message);
    }

    /** The ending of a file, {@code .htaccess}, is none. */
    private static int position(DeclaredSetting setting, String message) {
        Matcher word = Pattern.compile("(?<![A-Za-z0-9.])" + Pattern.quote(setting.name()) + "(?![A-Za-z0-9])").matcher(message);
        return word.find() ? word.start() : -1;
    }
}
