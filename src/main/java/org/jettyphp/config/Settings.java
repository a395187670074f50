package org.jettyphp.config;

import java.util.List;
import java.util.Map;

/** The settings of one server or context, read and checked. Immutable. */
public final class Settings {

    private final Map<Class<? extends Record>, Record> records;
    private final List<EffectiveSetting> effective;
    private final List<String> warnings;

    Settings(Map<Class<? extends Record>, Record> records, List<EffectiveSetting> effective, List<String> warnings) {
        this.records = Map.copyOf(records);
        this.effective = List.copyOf(effective);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * The settings of one part.
     *
     * @throws IllegalArgumentException if the reader was not given this record
     */
    public <R extends Record> R get(Class<R> type) {
        Record found = records.get(type);
        if (found == null) {
            throw new IllegalArgumentException("the reader was not given " + type.getName());
        }
        return type.cast(found);
    }

    /** Every setting in the order of its declaration, with its value and the place that gave it; of groups, the entries given. */
    public List<EffectiveSetting> effective() {
        return effective;
    }

    /** What was given and does not count, a line each with the reason; to be logged at start. */
    public List<String> warnings() {
        return warnings;
    }
}
