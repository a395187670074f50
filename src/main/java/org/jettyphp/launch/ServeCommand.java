package org.jettyphp.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jettyphp.config.EffectiveSetting;
import org.jettyphp.config.SettingDescription;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.SettingSource.Kind;
import org.jettyphp.config.Settings;
import org.jettyphp.config.SettingsReader;
import org.jettyphp.script.ScriptSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code serve DIR}. */
final class ServeCommand implements Callable<Integer> {

    private static final int STARTED_AND_STOPPED = 0;
    private static final int NOT_STARTED = 1;

    @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ParseResult given = java.util.Objects.requireNonNull(spec).commandLine().getParseResult();
        List<SettingSource> sources;
        Settings settings;
        try {
            sources = sources(given);
            List<SettingSource> all = new ArrayList<>(sources);
            all.add(new SettingSource(Kind.ENVIRONMENT, "environment", System.getenv()));
            settings = new SettingsReader(ProgramSpec.records()).read(all);
        } catch (IllegalArgumentException | IOException refused) {
            System.err.println(refused.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        if (given.hasMatchedOption(ProgramSpec.SHOW_CONFIG)) {
            show(settings.effective());
            return STARTED_AND_STOPPED;
        }
        return serve(settings, sources);
    }

    private static int serve(Settings settings, List<SettingSource> sources) throws Exception {
        Path directory = java.util.Objects.requireNonNull(settings.get(ScriptSettings.class).documentRoot());
        if (!Files.isDirectory(directory)) {
            System.err.println(directory + " is no directory");
            return CommandLine.ExitCode.USAGE;
        }
        PhpServer server;
        try {
            server = new PhpServer(settings.get(ServerSettings.class), directory.toRealPath(), sources);
            server.start();
        } catch (Exception failed) {
            System.err.println(rootCause(failed));
            return NOT_STARTED;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "shutdown"));
        System.out.println("Serving " + directory + " on " + server.url());
        server.join();
        return STARTED_AND_STOPPED;
    }

    private static void stop(PhpServer server) {
        try {
            server.close();
        } catch (Exception failed) {
            System.err.println("not stopped cleanly: " + failed);
        }
    }

    private static List<SettingSource> sources(ParseResult given) throws IOException {
        Map<String, String> flags = new HashMap<>();
        for (SettingDescription setting : new SettingsReader(ProgramSpec.records()).describe()) {
            Object value = given.matchedOptionValue("--" + setting.flag(), null);
            if (value instanceof Map<?, ?> group) {
                group.forEach((name, member) -> flags.put(setting.name() + "." + name, String.valueOf(member)));
            } else if (value != null) {
                flags.put(setting.name(), value.toString());
            }
        }
        List<SettingSource> sources = new ArrayList<>();
        String file = given.matchedOptionValue(ProgramSpec.CONFIG, null);
        if (file != null) {
            sources.add(new SettingSource(Kind.FILE, file, properties(Path.of(file))));
        }
        String directory = given.matchedPositionalValue(0, null);
        if (directory != null) {
            flags.put("documentRoot", directory);
        }
        sources.add(new SettingSource(Kind.FLAG, "command line", flags));
        sources.add(defaults());
        return sources;
    }

    /** What the main class does when nobody says anything, weaker than everything that is written. */
    private static SettingSource defaults() {
        return new SettingSource(Kind.DEFAULT, "default of serve", Map.of("target", "private", "documentRoot", "."));
    }

    private static Map<String, String> properties(Path file) throws IOException {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(reader);
        } catch (java.nio.file.NoSuchFileException missing) {
            throw new IllegalArgumentException("--config " + file + ": there is no such file", missing);
        }
        Map<String, String> values = new HashMap<>();
        read.forEach((name, value) -> values.put(name.toString(), value.toString()));
        return values;
    }

    private static void show(List<EffectiveSetting> effective) {
        for (EffectiveSetting setting : effective) {
            System.out.printf("%-20s %-30s # %s%n", setting.name(), setting.value(), setting.origin());
        }
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof jakarta.servlet.ServletException)) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
