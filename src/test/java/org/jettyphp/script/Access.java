package org.jettyphp.script;

import java.util.List;
import java.util.Map;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.SettingsReader;

/** Access as it is by default, with what a test adds. */
final class Access {

    static final FileSettings STANDARD = with(Map.of());

    private Access() {}

    /** @param given by the settings' names, as a user writes them */
    static FileSettings with(Map<String, String> given) {
        return new SettingsReader(List.of(FileSettings.class))
                .read(List.of(new SettingSource(SettingSource.Kind.FILE, "test.properties", given))).get(FileSettings.class);
    }
}
