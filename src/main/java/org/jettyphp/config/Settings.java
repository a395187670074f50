package org.jettyphp.config;

import java.util.List;
import java.util.Map;

/** All settings, checked. */
public final class Settings {

    private final Map<Class<? extends Record>, Record> records;
    private final List<EffectiveSetting> effective;

    Settings(Map<Class<? extends Record>, Record> records, List<EffectiveSetting> effective) {
        this.records = records;
        this.effective = effective;
    }

    /** One of the records the reader was made for. */
    public <R extends Record> R get(Class<R> type) {
        Record record = records.get(type);
        if (record == null) {
            throw new IllegalStateException(type + " was not read");
        }
        return type.cast(record);
    }

    /** Every setting in force, for {@code --show-config}; values whose name speaks of a secret are blanked. */
    public List<EffectiveSetting> effective() {
        return effective;
    }
}
