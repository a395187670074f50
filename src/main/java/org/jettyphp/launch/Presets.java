package org.jettyphp.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The presets that there are. */
final class Presets {

    /** Whichever is found. */
    static final String AUTO = "auto";

    static final String NONE = "none";

    /** In the order in which they are tried. */
    static final List<String> NAMES = Preset.text("presets/order.txt").lines().filter(line -> !line.startsWith("#")).toList();

    private Presets() {}

    /** A preset, and where the document root of its application lies. */
    record Found(Preset preset, Path root) {}

    /** @throws IllegalArgumentException if there is no such preset, with those that there are */
    static void check(String name) {
        if (!name.equals(AUTO) && !name.equals(NONE) && !NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "preset is '" + name + "'; there are " + AUTO + ", " + NONE + ", " + String.join(", ", NAMES));
        }
    }

    /** The one of that name, whatever is in the directory. */
    static Found named(String name, Path directory) {
        Preset preset = Preset.read(name);
        Path root = preset.rootIn(directory);
        return new Found(preset, root == null ? directory : root);
    }

    /**
     * Those whose application is in the directory. First those that the directory itself belongs to, for it is what was named, then those
     * whose document root lies deeper; among equals the order of the list.
     */
    static List<Found> in(Path directory) {
        List<Found> itself = new ArrayList<>();
        List<Found> deeper = new ArrayList<>();
        for (String name : NAMES) {
            Preset preset = Preset.read(name);
            Path root = preset.knownBy().isEmpty() ? null : preset.rootIn(directory);
            if (root != null) {
                (root.equals(directory) ? itself : deeper).add(new Found(preset, root));
            }
        }
        itself.addAll(deeper);
        return itself.isEmpty() ? List.of(named(NAMES.get(NAMES.size() - 1), directory)) : itself;
    }
}
