package org.jettyphp.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.SettingSource.Kind;
import org.jettyphp.config.Settings;
import org.jettyphp.launch.Presets.Found;
import org.jettyphp.script.ScriptSettings;
import org.jspecify.annotations.Nullable;

/**
 * What is served: its settings, with those of a preset where one is wanted.
 *
 * @param sources where the settings are given, the preset's among them
 * @param announcement lines that say which preset was taken and what comes of it
 */
record Application(List<SettingSource> sources, Settings settings, List<String> announcement) {

    private static final String DOCUMENT_ROOT = "documentRoot";
    private static final int MOST_SHOWN = 4;

    /**
     * Looks for the preset that is wanted, and reads the settings with it.
     *
     * @param reader reads all settings from sources
     * @throws org.jettyphp.config.SettingsException with every setting that cannot be used
     */
    static Application of(List<SettingSource> sources, Function<List<SettingSource>, Settings> reader) {
        Settings given = reader.apply(sources);
        String wish = given.get(ServerSettings.class).preset();
        Path directory = given.get(ScriptSettings.class).documentRoot();
        if (wish == null || wish.equals(Presets.NONE) || directory == null || !Files.isDirectory(directory)) {
            return new Application(sources, given, List.of());
        }
        boolean searched = wish.equals(Presets.AUTO);
        Path absolute = directory.toAbsolutePath();
        List<Found> found = searched ? Presets.in(absolute) : List.of(Presets.named(wish, absolute));
        return with(found, absolute, searched ? " found" : "", sources, reader);
    }

    private static Application with(List<Found> found, Path directory, String how, List<SettingSource> sources,
            Function<List<SettingSource>, Settings> reader) {
        Preset preset = found.get(0).preset();
        Path root = found.get(0).root();
        List<SettingSource> all = new ArrayList<>(sources);
        if (!root.equals(directory)) {
            // The directory may have been named anywhere; this is stronger.
            all.replaceAll(source -> source.kind() == Kind.SITE ? source.without(DOCUMENT_ROOT) : source);
            all.add(new SettingSource(Kind.SITE, "preset " + preset.name(), Map.of(DOCUMENT_ROOT, root.toString())));
        }
        all.add(new SettingSource(Kind.PRESET, preset.name(), weaker(preset.settingsFor(root), reader.apply(sources))));
        Settings settings = reader.apply(all);
        List<String> lines = new ArrayList<>();
        List<String> effects = effects(preset, settings, root.equals(directory) ? null : directory.relativize(root));
        if (!effects.isEmpty()) {
            lines.add(preset.title() + how + ": " + String.join(", ", effects));
        }
        found.stream().skip(1).map(Found::preset).forEach(other -> lines.add(
                other.title() + " found too, and not taken; --preset " + other.name() + " takes it instead"));
        return new Application(List.copyOf(all), settings, lines);
    }

    /** Without what somebody has said in other words: {@code tryFiles} takes the place of {@code fallback}. */
    private static Map<String, String> weaker(Map<String, String> preset, Settings given) {
        Map<String, String> weaker = new LinkedHashMap<>(preset);
        if (given.get(ScriptSettings.class).tryFiles() != null) {
            weaker.remove("fallback");
        }
        return weaker;
    }

    /** Those that nobody has overridden. */
    private static List<String> effects(Preset preset, Settings settings, @Nullable Path root) {
        List<String> effects = new ArrayList<>();
        if (root != null) {
            effects.add("document root " + root);
        }
        preset.settings().forEach((name, value) -> {
            if (settings.effective().stream()
                    .anyMatch(setting -> setting.name().equals(name) && setting.origin().contains("preset " + preset.name()))) {
                effects.add(effect(name, value.replace(Preset.ROOT + "/", "")));
            }
        });
        return effects;
    }

    private static String effect(String name, String value) {
        return switch (name) {
            case "fallback" -> "fallback " + value;
            case "rewrite" -> "rules of rewrite";
            case "noExec" -> "no execution under " + some(value);
            case "deny" -> "nobody gets " + some(value);
            case "allowedRoots" -> "links may lead to " + some(value);
            default -> name + " " + value;
        };
    }

    /** As many as fit into a line; {@code --show-config} has all. */
    private static String some(String list) {
        List<String> items = List.of(list.strip().split("[\\s,]+"));
        String shown = String.join(" ", items.subList(0, Math.min(MOST_SHOWN, items.size())));
        return items.size() <= MOST_SHOWN ? shown : shown + " and " + (items.size() - MOST_SHOWN) + " more";
    }
}
