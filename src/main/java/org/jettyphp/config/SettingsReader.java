package org.jettyphp.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jettyphp.setting.Setting;

/**
 * Reads settings records from sources. A value counts from the strongest source that gives it: a site's own, flag, environment, file, init-param,
 * context-param, preset, then the default. Immutable, for any thread.
 */
public final class SettingsReader {

    private final Map<Class<? extends Record>, List<DeclaredSetting>> records = new LinkedHashMap<>();
    private final SettingNames names;

    /**
     * A reader for these records.
     *
     * @param records each component carries {@link org.jettyphp.setting.Setting} and has one of the types listed there; a constructor
     *        that throws {@link IllegalArgumentException} names the setting in its message
     * @throws IllegalArgumentException on a mistake of the programmer: two settings of one name, a bad default, an unsupported type
     */
    public SettingsReader(List<Class<? extends Record>> records) {
        records.forEach(type -> this.records.put(type, DeclaredSetting.of(type)));
        this.names = new SettingNames(declared());
    }

    /**
     * Reads all sources; their order does not matter.
     *
     * @throws SettingsException with all problems at once: unknown names, values that are not understood, one setting with different
     *         values in sources of one kind, and what the constructors refuse (of a record whose values were all understood)
     */
    public Settings read(List<SettingSource> sources) {
        StockParameters.Translation translated = StockParameters.translate(sources);
        GivenSettings given = new GivenSettings(names, translated.sources());
        Map<String, GivenSetting> strongest = given.strongest();
        List<SettingProblem> problems = new ArrayList<>(translated.problems());
        problems.addAll(given.problems());
        Map<Class<? extends Record>, Record> filled = fill(strongest.values(), problems);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems, given.kindsWithUnknownNames().stream().map(names::understood).toList());
        }
        return new Settings(filled, effective(strongest), translated.warnings());
    }

    /** All settings in the order of their declaration. */
    public List<SettingDescription> describe() {
        return declared().stream().map(DeclaredSetting::description).toList();
    }

    private Map<Class<? extends Record>, Record> fill(Collection<GivenSetting> strongest, List<SettingProblem> problems) {
        List<SettingProblem> inSources = List.copyOf(problems);
        Map<Class<? extends Record>, Record> filled = new LinkedHashMap<>();
        records.forEach((type, settings) -> {
            // A record that lacks a value which was given, but not understood, might refuse for a reason of its own that misleads.
            if (settings.stream().noneMatch(setting -> concerns(inSources, setting))) {
                Record made = new FilledRecord(type, settings, strongest).fill(problems);
                if (made != null) {
                    filled.put(type, made);
                }
            }
        });
        return filled;
    }

    private static boolean concerns(List<SettingProblem> problems, DeclaredSetting setting) {
        return problems.stream().map(SettingProblem::name)
                .anyMatch(name -> name.equals(setting.name()) || name.startsWith(setting.name() + "."));
    }

    private List<EffectiveSetting> effective(Map<String, GivenSetting> strongest) {
        List<EffectiveSetting> effective = new ArrayList<>();
        for (DeclaredSetting setting : declared()) {
            List<GivenSetting> given = strongest.values().stream().filter(value -> value.setting() == setting).toList();
            given.forEach(value -> effective.add(new EffectiveSetting(value.name(), shown(value), origin(value))));
            if (given.isEmpty() && !setting.type().group()) {
                Object standard = setting.standard();
                String value = standard == null ? null : setting.type().format().apply(standard);
                effective.add(new EffectiveSetting(setting.name(), value, "default"));
            }
        }
        return effective;
    }

    private static String origin(GivenSetting given) {
        boolean besideDefault = given.setting().declaration().adds() && !given.setting().declaration().byDefault().equals(Setting.NONE);
        return besideDefault ? "default and " + given.where() : given.where();
    }

    private static String shown(GivenSetting given) {
        return Secrets.blanked(given.name(), given.setting().type().format().apply(given.value()));
    }

    private List<DeclaredSetting> declared() {
        return records.values().stream().flatMap(List::stream).toList();
    }
}
