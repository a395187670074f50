package org.jettyphp.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** Reads settings records from wherever settings are written, and refuses, all at once, what it does not understand. */
public final class SettingsReader {

    private final List<Class<? extends Record>> records;
    private final Map<String, SettingDescription> known = new LinkedHashMap<>();
    private final Map<String, ValueType> types = new LinkedHashMap<>();

    /** The records to read; a name may stand in one of them only. */
    public SettingsReader(List<Class<? extends Record>> records) {
        this.records = List.copyOf(records);
        for (Class<? extends Record> record : records) {
            for (RecordComponent component : record.getRecordComponents()) {
                add(record, component);
            }
        }
    }

    private void add(Class<? extends Record> record, RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        ValueType type = ValueType.of(component.getType());
        if (setting == null || types.put(component.getName(), type) != null) {
            throw new IllegalStateException(record + ": " + component.getName() + " is not annotated, or stands in two records");
        }
        String byDefault = setting.byDefault().equals(Setting.NONE) ? null : setting.byDefault();
        known.put(component.getName(),
                new SettingDescription(component.getName(), type.word(), byDefault, setting.text(), type == ValueType.GROUP, record));
    }

    /** Every setting there is, in the order of the records. */
    public List<SettingDescription> describe() {
        return List.copyOf(known.values());
    }

    /**
     * Reads.
     *
     * @throws SettingsException with every unknown name, bad value and contradiction
     */
    public Settings read(List<SettingSource> sources) {
        List<String> problems = new ArrayList<>();
        Map<String, WrittenValue> written = new Names(known, problems).collect(sources);
        Map<Class<? extends Record>, Record> made = new LinkedHashMap<>();
        for (Class<? extends Record> type : records) {
            Record record = make(type, written, problems);
            if (record != null) {
                made.put(type, record);
            }
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return new Settings(made, effective(written));
    }

    private @Nullable Record make(Class<? extends Record> type, Map<String, WrittenValue> written, List<String> problems) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] parameters = new Class<?>[components.length];
        int before = problems.size();
        for (int i = 0; i < components.length; i++) {
            parameters[i] = components[i].getType();
            values[i] = value(components[i].getName(), written, problems);
        }
        if (problems.size() > before) {
            return null;
        }
        try {
            var constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            problems.add(String.valueOf(refused.getCause() == null ? refused : refused.getCause().getMessage()));
            return null;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " cannot be made", impossible);
        }
    }

    private @Nullable Object value(String name, Map<String, WrittenValue> written, List<String> problems) {
        ValueType type = types.get(name);
        if (type == ValueType.GROUP) {
            return group(name, written);
        }
        WrittenValue value = written.get(name);
        String text = value != null ? value.text() : known.get(name).byDefault();
        if (text == null) {
            return type == ValueType.LIST ? List.of() : null;
        }
        try {
            if (text.isBlank()) {
                throw new IllegalArgumentException("is empty; leave it out to get the default");
            }
            return type.parse(text.strip());
        } catch (IllegalArgumentException unusable) {
            problems.add(name + "=" + text + " (" + (value == null ? "default" : value.origin()) + ") " + unusable.getMessage());
            return null;
        }
    }

    private static Map<String, String> group(String name, Map<String, WrittenValue> written) {
        Map<String, String> members = new TreeMap<>();
        written.forEach((written1, value) -> {
            if (written1.startsWith(name + ".")) {
                members.put(written1.substring(name.length() + 1), value.text());
            }
        });
        return members;
    }

    private List<EffectiveSetting> effective(Map<String, WrittenValue> written) {
        List<EffectiveSetting> all = new ArrayList<>();
        for (SettingDescription setting : known.values()) {
            if (setting.group()) {
                written.forEach((name, value) -> {
                    if (name.startsWith(setting.name() + ".")) {
                        all.add(new EffectiveSetting(name, blanked(name, value.text()), value.origin()));
                    }
                });
            } else {
                WrittenValue value = written.get(setting.name());
                String byDefault = setting.byDefault() == null ? "" : setting.byDefault();
                all.add(value == null ? new EffectiveSetting(setting.name(), byDefault, "default")
                        : new EffectiveSetting(setting.name(), value.text(), value.origin()));
            }
        }
        return List.copyOf(all);
    }

    private static String blanked(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean secret = List.of("password", "passwd", "secret", "token", "key", "credential").stream().anyMatch(lower::contains);
        return secret ? "***" : value;
    }
}
