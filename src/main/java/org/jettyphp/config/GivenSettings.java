package org.jettyphp.config;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jettyphp.config.SettingSource.Kind;

/** All values that all sources give, parsed; then the one that counts for each name. Collects the problems on the way. Used once. */
final class GivenSettings {

    private final SettingNames names;
    private final List<SettingProblem> problems = new ArrayList<>();
    private final Set<Kind> kindsWithUnknownNames = EnumSet.noneOf(Kind.class);
    private final Map<String, List<GivenSetting>> byName = new LinkedHashMap<>();

    GivenSettings(SettingNames names, List<SettingSource> sources) {
        this.names = names;
        for (SettingSource source : sources) {
            source.values().forEach((written, value) -> {
                if (Spelling.ours(source.kind(), written)) {
                    take(source, written, value);
                }
            });
        }
    }

    /** What is wrong with the sources. Complete only after {@link #strongest}. */
    List<SettingProblem> problems() {
        return problems;
    }

    /** The kinds of sources in which an unknown name was given. */
    Set<Kind> kindsWithUnknownNames() {
        return kindsWithUnknownNames;
    }

    /** For each name that was given, the value from the strongest kind of source; within one kind all must be equal. */
    Map<String, GivenSetting> strongest() {
        Map<String, GivenSetting> strongest = new LinkedHashMap<>();
        byName.forEach((name, givens) -> {
            Map<Kind, GivenSetting> first = new LinkedHashMap<>();
            for (GivenSetting given : givens) {
                GivenSetting before = first.putIfAbsent(given.kind(), given);
                if (before != null && !before.value().equals(given.value())) {
                    problems.add(SettingProblem.differing(before.where(), before.text(), given.where(), given.text(), name));
                }
                strongest.merge(name, given, (a, b) -> b.kind().compareTo(a.kind()) < 0 ? b : a);
            }
            if (givens.get(0).setting().declaration().adds()) {
                strongest.computeIfPresent(name, (any, given) -> added(given, first));
            }
        });
        return strongest;
    }

    /** Who denies one thing more must not open what a preset has denied, nor a site what is denied for all. */
    private static GivenSetting added(GivenSetting strongest, Map<Kind, GivenSetting> first) {
        GivenSetting all = strongest;
        if (strongest.kind() == Kind.SITE) {
            Optional<Kind> ofAll = first.keySet().stream().filter(kind -> kind != Kind.SITE && kind != Kind.PRESET).min(Kind::compareTo);
            all = ofAll.isPresent() ? all.with(Objects.requireNonNull(first.get(ofAll.get()))) : all;
        }
        GivenSetting preset = first.get(Kind.PRESET);
        return preset == null || strongest.kind() == Kind.PRESET ? all : all.with(preset);
    }

    private void take(SettingSource source, String written, String text) {
        DeclaredSetting setting = names.find(source.kind(), written);
        String where = source.place(written);
        if (setting == null) {
            kindsWithUnknownNames.add(source.kind());
            // Without the value: under a name that we do not know it may be a credential.
            problems.add(new SettingProblem(where, written, null, names.unknown(source.kind(), written)));
        } else if (setting.type().group()) {
            takeEntries(source.kind(), setting, written, text, where);
        } else {
            take(setting, setting.name(), source.kind(), where, text);
        }
    }

    private void takeEntries(Kind kind, DeclaredSetting group, String written, String text, String where) {
        try {
            List<GroupEntries.Entry> entries = switch (kind) {
                case FLAG -> List.of(GroupEntries.ofFlag(text));
                case ENVIRONMENT -> GroupEntries.ofVariable(text);
                default -> List.of(new GroupEntries.Entry(SettingNames.entry(kind, group, written), text));
            };
            entries.forEach(entry -> take(group, group.name() + "." + entry.name(), kind, where, entry.value()));
        } catch (IllegalArgumentException malformed) {
            // Without the value: a part of it may be a credential, and we cannot tell which.
            problems.add(new SettingProblem(where, group.name(), null, SettingProblem.explanation(malformed)));
        }
    }

    private void take(DeclaredSetting setting, String name, Kind kind, String where, String given) {
        String text = given.strip();
        try {
            Object value = setting.completed(setting.type().parser().apply(text));
            byName.computeIfAbsent(name, any -> new ArrayList<>()).add(new GivenSetting(setting, name, kind, where, text, value));
        } catch (IllegalArgumentException malformed) {
            problems.add(new SettingProblem(where, name, text, SettingProblem.explanation(malformed)));
        }
    }
}
