package org.jettyphp.config;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jettyphp.config.SettingSource.Kind;
import org.jspecify.annotations.Nullable;

/** Finds the setting that a name in some source stands for, and explains names that stand for none. */
final class SettingNames {

    /** What Kubernetes injects for a service named {@code jetty-php-fpm}; {@code PORT} itself is a setting and complains by its value. */
    private static final String SERVICE_LINK = "JETTY_PHP_FPM_(SERVICE_HOST|SERVICE_PORT\\w*|PORT_\\d+_\\w+)";

    private final Map<Kind, Map<String, DeclaredSetting>> bySpelling = new EnumMap<>(Kind.class);

    /**
     * Names of all settings.
     *
     * @throws IllegalArgumentException if two settings are spelled alike somewhere, or one like an init-param of stock Jetty that means
     *         something else: mistakes of the programmer
     */
    SettingNames(Collection<DeclaredSetting> settings) {
        for (Kind kind : Kind.values()) {
            Map<String, DeclaredSetting> spelled = bySpelling.computeIfAbsent(kind, any -> new LinkedHashMap<>());
            for (DeclaredSetting setting : settings) {
                if (StockParameters.claims(setting.name())) {
                    throw new IllegalArgumentException(setting.name() + " has a meaning of its own in stock Jetty, as an init-param");
                }
                DeclaredSetting other = spelled.put(Spelling.of(kind, setting.name()), setting);
                if (other != null) {
                    throw new IllegalArgumentException("two settings named " + setting.name() + ": in "
                            + other.owner().getSimpleName() + " and in " + setting.owner().getSimpleName());
                }
            }
        }
    }

    /** The setting, or for {@code ini.memory_limit} its group; null if there is none. */
    @Nullable
    DeclaredSetting find(Kind kind, String written) {
        DeclaredSetting setting = spelled(kind).get(written);
        if (setting != null) {
            return setting.type().group() && Spelling.dotted(kind) ? null : setting;
        }
        String group = group(kind, written);
        DeclaredSetting found = group == null ? null : spelled(kind).get(group);
        return found != null && found.type().group() ? found : null;
    }

    /** In a source whose entries of groups are dotted: the entry, as {@code memory_limit} in {@code php.ini.memory_limit}. */
    static String entry(Kind kind, DeclaredSetting group, String written) {
        return written.substring(Spelling.of(kind, group.name()).length() + 1);
    }

    /** Why a name is not understood, with the names that may have been meant. */
    String unknown(Kind kind, String written) {
        if (kind == Kind.ENVIRONMENT && written.matches(SERVICE_LINK)) {
            return "there is no such setting; Kubernetes adds such variables for a service named jetty-php-fpm:"
                    + " set enableServiceLinks: false in the pod, or name the service differently";
        }
        String meantGroup = meantGroup(kind, written);
        if (meantGroup != null) {
            return "this is a group: write " + meantGroup;
        }
        List<String> near = suggestions(kind, written);
        return "there is no such setting" + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
    }

    /** All names as such a source has them, on one line, in alphabetical order. */
    String understood(Kind kind) {
        TreeSet<String> names = new TreeSet<>();
        spelled(kind).forEach((name, setting) -> names.add(setting.type().group() ? groupForm(kind, name) : dashes(kind) + name));
        String heading = switch (kind) {
            case FLAG -> "Flags: ";
            case ENVIRONMENT -> "Environment variables: ";
            case SITE, FILE -> "Settings in a file: ";
            case PRESET, DEFAULT -> "Settings: ";
            case INIT_PARAM -> "Init-params: ";
            case CONTEXT_PARAM -> "Context-params: ";
        };
        return heading + String.join(", ", names);
    }

    private Map<String, DeclaredSetting> spelled(Kind kind) {
        return bySpelling.getOrDefault(kind, Map.of());
    }

    private List<String> suggestions(Kind kind, String written) {
        String group = group(kind, written);
        if (group != null) {
            List<String> groups = spelled(kind).entrySet().stream().filter(entry -> entry.getValue().type().group())
                    .map(Map.Entry::getKey).toList();
            List<String> near = Suggestion.nearest(group, groups);
            if (!near.isEmpty()) {
                return near.stream().map(name -> name + written.substring(group.length())).toList();
            }
        }
        List<String> near = Suggestion.nearest(written, spelled(kind).keySet());
        return near.stream().map(name -> dashes(kind) + name).collect(Collectors.toList());
    }

    /** {@code ini} without an entry, or {@code JETTY_PHP_FPM_INI_MEMORY_LIMIT}: a group is meant, written in another way than here. */
    private @Nullable String meantGroup(Kind kind, String written) {
        for (Map.Entry<String, DeclaredSetting> spelling : spelled(kind).entrySet()) {
            String name = spelling.getKey();
            boolean meant = kind == Kind.ENVIRONMENT && written.startsWith(name + "_") || written.equals(name)
                    || !Spelling.dotted(kind) && written.startsWith(name + ".");
            if (meant && spelling.getValue().type().group()) {
                return groupForm(kind, name);
            }
        }
        return null;
    }

    /** What stands before the dot of {@code ini.memory_limit}; null without one, or in a source without dots. */
    private static @Nullable String group(Kind kind, String written) {
        int dot = written.indexOf('.', Spelling.of(kind, "").length());
        return Spelling.dotted(kind) && dot > 0 ? written.substring(0, dot) : null;
    }

    private static String groupForm(Kind kind, String name) {
        return switch (kind) {
            case FLAG -> "--" + name + " NAME=value";
            case ENVIRONMENT -> name + "=\"NAME=value;NAME=value\"";
            case SITE, FILE, INIT_PARAM, CONTEXT_PARAM, PRESET, DEFAULT -> name + ".NAME";
        };
    }

    private static String dashes(Kind kind) {
        return kind == Kind.FLAG ? "--" : "";
    }
}
