package org.jettyphp.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the ini files of a {@code jetty.base} and the command line of {@code start.jar} say with {@code php.} in front and Jetty keeps to
 * itself: its XML can ask for a property by its name only, so that a misspelt one would be dropped without a word.
 */
final class ModuleIni {

    /** As {@code start.jar} reads it: with {@code ?} only if there is no value yet, with {@code +} behind the value that there is. */
    private static final Pattern PROPERTY = Pattern.compile("\\s*php\\.([^=\\s?+]+)\\s*[?+]?=(.*)");

    private ModuleIni() {}

    /**
     * The values by their names without {@code php.}, of all but these.
     *
     * @param command how this JVM was started, its arguments behind one another ({@code sun.java.command}); empty: not known
     */
    static Map<String, String> unasked(Path base, String command, Set<String> asked) throws IOException {
        Map<String, String> unasked = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (Path file : files(base)) {
            lines.addAll(Files.readAllLines(file));
        }
        lines.addAll(arguments(command));
        for (String line : lines) {
            Matcher property = PROPERTY.matcher(line);
            if (property.matches() && !asked.contains(property.group(1))) {
                unasked.put(property.group(1), property.group(2).strip());
            }
        }
        return unasked;
    }

    /** A {@code start.jar} that starts a JVM of its own ({@code --exec}) hands all properties on in a file. */
    private static List<String> arguments(String command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command.split(" +")));
        for (String argument : List.copyOf(arguments)) {
            if (argument.endsWith(".properties") && Files.isRegularFile(Path.of(argument))) {
                Properties properties = new Properties();
                try (Reader in = Files.newBufferedReader(Path.of(argument))) {
                    properties.load(in);
                }
                properties.stringPropertyNames().forEach(name -> arguments.add(name + "=" + properties.getProperty(name)));
            }
        }
        return arguments;
    }

    private static List<Path> files(Path base) throws IOException {
        List<Path> files = new ArrayList<>();
        Path ini = base.resolve("start.ini");
        if (Files.isRegularFile(ini)) {
            files.add(ini);
        }
        Path directory = base.resolve("start.d");
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.ini")) {
                found.forEach(files::add);
            }
        }
        return files;
    }
}
