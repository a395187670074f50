package org.jettyphp.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jettyphp.config.SettingsFile;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an application: how to tell it, and the settings that it needs. A file of {@code presets} each;
 * {@code wordpress.properties} has the format.
 *
 * @param roots where its document root may lie, seen from the directory that is served
 * @param knownBy files that are all there, seen from the document root
 * @param settings as a file of {@code --config} has them, in the file's order
 */
record Preset(String name, String title, List<String> roots, List<String> knownBy, Map<String, String> settings) {

    static final String ROOT = "${root}";

    /** Reads the preset of that name, which there is. */
    static Preset read(String name) {
        String file = "presets/" + name + ".properties";
        Map<String, String> values = new LinkedHashMap<>(SettingsFile.values(text(file), file));
        String title = Objects.requireNonNull(values.remove("title"), file + " has no title");
        List<String> roots = words(values.remove("roots"));
        return new Preset(name, title, roots.isEmpty() ? List.of(".") : roots, words(values.remove("knownBy")), values);
    }

    static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(Preset.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<String> words(@Nullable String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    /** The document root, if the directory is such an application's; else null. Never one outside the directory. */
    @Nullable
    Path rootIn(Path directory) {
        for (String place : roots) {
            Path root = place.equals(".") ? directory : below(directory, place);
            if (root != null && knownBy.stream().allMatch(file -> isThere(root, file))) {
                return root;
            }
        }
        return null;
    }

    /** {@code ../public} is the directory itself, or not meant. */
    private static @Nullable Path below(Path directory, String place) {
        Path candidate = directory.resolve(place);
        if (!place.startsWith("..")) {
            return candidate;
        }
        try {
            return Files.isSameFile(candidate, directory) ? directory : null;
        } catch (IOException missing) {
            return null;
        }
    }

    /** Where the document root is a link, what is above it may be above the link or above what it leads to. */
    private static boolean isThere(Path root, String file) {
        Path followed = root.resolve(file);
        return Files.isRegularFile(followed) || Files.isRegularFile(followed.normalize());
    }

    /** The settings for an application there. */
    Map<String, String> settingsFor(Path root) {
        Map<String, String> settled = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            // In a list such a path would fall apart. Without it there is a 403 that says what to set.
            if (!value.contains(ROOT) || !root.toString().matches(".*[\\s,].*")) {
                settled.put(name, value.replace(ROOT, root.toString()));
            }
        });
        return settled;
    }
}
