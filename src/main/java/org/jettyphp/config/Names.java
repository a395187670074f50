package org.jettyphp.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the names of every source into the settings' own, lets the stronger source win, and refuses what nobody knows. */
final class Names {

    private final Map<String, SettingDescription> known;
    private final List<String> problems;
    private final Map<String, String> variables = new HashMap<>();

    Names(Map<String, SettingDescription> known, List<String> problems) {
        this.known = known;
        this.problems = problems;
        known.keySet().forEach(name -> variables.put(Spelling.variable(name), name));
    }

    Map<String, WrittenValue> collect(List<SettingSource> sources) {
        Map<String, WrittenValue> collected = new TreeMap<>();
        List<SettingSource> ordered = new ArrayList<>(sources);
        ordered.sort(Comparator.comparing(SettingSource::kind));
        for (SettingSource source : ordered) {
            for (Map.Entry<String, String> entry : new TreeMap<>(source.values()).entrySet()) {
                named(source, entry.getKey(), entry.getValue()).forEach((name, text) -> add(collected, name, text, source));
            }
        }
        return collected;
    }

    private void add(Map<String, WrittenValue> collected, String name, String text, SettingSource source) {
        String origin = source.kind() == SettingSource.Kind.ENVIRONMENT ? "environment" : source.origin();
        WrittenValue before = collected.putIfAbsent(name, new WrittenValue(text, origin, source.kind()));
        if (before != null && before.kind() == source.kind() && !before.text().equals(text)) {
            problems.add(name + " is '" + before.text() + "' in " + before.origin() + " and '" + text + "' in " + origin + "; which one is meant?");
        }
    }

    /** The settings that an entry of a source stands for; empty if it is none of ours, or nobody's, which is a problem. */
    private Map<String, String> named(SettingSource source, String written, String value) {
        return switch (source.kind()) {
            case ENVIRONMENT -> written.startsWith(Spelling.VARIABLE_PREFIX) ? variable(written, value) : Map.of();
            case CONTEXT_PARAM -> written.startsWith(Spelling.CONTEXT_PREFIX)
                    ? checked(written.substring(Spelling.CONTEXT_PREFIX.length()), value, source.origin()) : Map.of();
            default -> checked(written, value, source.origin());
        };
    }

    private Map<String, String> checked(String name, String value, String origin) {
        int dot = name.indexOf('.');
        SettingDescription setting = known.get(dot < 0 ? name : name.substring(0, dot));
        if (setting == null || setting.group() != (dot >= 0) || name.endsWith(".")) {
            unknown(name, origin, known.keySet());
            return Map.of();
        }
        return Map.of(name, value);
    }

    /** A variable's name cannot hold the names within a group: there the value is a list of lines or of parts between semicolons. */
    private Map<String, String> variable(String written, String value) {
        String name = variables.get(written);
        if (name == null) {
            unknown(written, "environment", variables.keySet());
            return Map.of();
        }
        if (!known.get(name).group()) {
            return Map.of(name, value);
        }
        Map<String, String> members = new LinkedHashMap<>();
        for (String part : value.split("[\n;]")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                members.put(name + "." + part.substring(0, equals).strip(), part.substring(equals + 1).strip());
            } else if (!part.isBlank()) {
                problems.add(written + " has a part without '=': '" + part.strip() + "'; it is written NAME=value;NAME=value");
            }
        }
        return members;
    }

    private void unknown(String name, String origin, Collection<String> valid) {
        @Nullable String near = Spelling.nearest(name, valid);
        problems.add("unknown setting '" + name + "' (" + origin + ")" + (near == null ? "" : "; did you mean '" + near + "'?")
                + " Valid are: " + String.join(", ", valid));
    }
}
