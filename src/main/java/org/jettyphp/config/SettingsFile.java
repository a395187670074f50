package org.jettyphp.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The file of {@code --config}: the format of {@link Properties}, in UTF-8. */
public final class SettingsFile {

    private SettingsFile() {}

    /**
     * Reads a settings file.
     *
     * @throws SettingsException if it cannot be read, is not UTF-8, has a broken {@code \\u} escape, or gives one name two values
     */
    public static SettingSource read(Path file) {
        String text = text(file);
        // Windows editors begin UTF-8 files with a byte order mark, which would become a part of the first name.
        return new SettingSource(SettingSource.Kind.FILE, file.toString(),
                values(text.startsWith("\uFEFF") ? text.substring(1) : text, file.toString()));
    }

    /**
     * The values in a text of the same format, in their order.
     *
     * @param file its name, for messages
     * @throws SettingsException if it has a broken {@code \\u} escape, or gives one name two values
     */
    public static Map<String, String> values(String text, String file) {
        return new Entries(text, file).values;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException absent) {
            throw unusable(file.toString(), "there is no such file");
        } catch (AccessDeniedException denied) {
            throw unusable(file.toString(), "the user " + System.getProperty("user.name") + " may not read it");
        } catch (CharacterCodingException notUtf8) {
            throw unusable(file.toString(), "it is not UTF-8");
        } catch (IOException failure) {
            throw unusable(file.toString(), "it cannot be read: " + failure);
        }
    }

    private static SettingsException unusable(String file, String why) {
        return new SettingsException(List.of(new SettingProblem("settings file " + file, "config", null, why)), List.of());
    }

    /** {@link Properties} lets the last of several equal names win without a word; this keeps them all and refuses. */
    private static final class Entries extends Properties {
        private static final long serialVersionUID = 1;

        private final transient Map<String, String> values = new LinkedHashMap<>();
        private final transient List<SettingProblem> problems = new ArrayList<>();
        private final String file;

        private Entries(String text, String file) {
            this.file = file;
            try {
                load(new StringReader(text));
            } catch (IOException | IllegalArgumentException broken) {
                throw unusable(file, "it is not in the format of java.util.Properties: " + broken.getMessage());
            }
            if (!problems.isEmpty()) {
                throw new SettingsException(problems, List.of());
            }
        }

        @Override
        public synchronized Object put(Object name, Object value) {
            String before = values.put((String) name, (String) value);
            if (before != null && !before.strip().equals(((String) value).strip())) {
                problems.add(SettingProblem.differing(name + " in " + file, before, name + " in " + file, (String) value, (String) name));
            }
            return super.put(name, value);
        }
    }
}
