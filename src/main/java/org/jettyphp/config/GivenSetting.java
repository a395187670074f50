package org.jettyphp.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jettyphp.setting.TextLines;

/**
 * One value, given in one place.
 *
 * @param setting which setting, or the group of the entry
 * @param name full name: {@code maxConnections}, {@code ini.memory_limit}
 * @param kind of the source
 * @param where the place, for messages
 * @param text as given, without white space around it
 * @param value as parsed
 */
record GivenSetting(DeclaredSetting setting, String name, SettingSource.Kind kind, String where, String text, Object value) {

    /** The items of two lists, or the lines of two texts. */
    GivenSetting with(GivenSetting weaker) {
        if (weaker == this) {
            return this;
        }
        if (value instanceof TextLines lines) {
            return new GivenSetting(setting, name, kind, where + " and " + weaker.where(), text, lines.then((TextLines) weaker.value()));
        }
        Set<Object> items = new LinkedHashSet<>((List<?>) weaker.value());
        items.addAll((List<?>) value);
        return new GivenSetting(setting, name, kind, weaker.where() + " and " + where, text, List.copyOf(items));
    }

    /** The entry's name in its group; for other settings its own. */
    String entry() {
        return setting.type().group() ? name.substring(setting.name().length() + 1) : name;
    }
}
