package org.jettyphp.launch;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jettyphp.config.SettingDescription;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.SettingSource.Kind;
import org.jettyphp.config.Settings;
import org.jettyphp.config.SettingsException;
import org.jettyphp.config.SettingsFile;
import org.jettyphp.config.SettingsReader;
import org.jettyphp.fpm.Upkeep;
import org.jettyphp.fpm.WatchedFiles;
import org.jettyphp.script.ScriptSettings;
import org.jettyphp.servlet.PhpApplication;
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
        Application application;
        try {
            application = application(given);
        } catch (SettingsException refused) {
            System.err.println(refused.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        if (given.hasMatchedOption(ProgramSpec.SHOW_CONFIG)) {
            PrintWriter out = given.commandSpec().commandLine().getOut();
            application.announcement().forEach(line -> out.println("# " + line));
            EffectiveConfiguration.print(application.settings(), out);
            return STARTED_AND_STOPPED;
        }
        return serve(application, new Reload(application.settings(), () -> application(given).settings()),
                given.matchedOptionValue(ProgramSpec.CONFIG, null));
    }

    private static Application application(ParseResult given) {
        return Application.of(sources(given), ServeCommand::read);
    }

    private static Settings read(List<SettingSource> sources) {
        List<SettingSource> all = new ArrayList<>(sources);
        all.add(SettingSource.environment(System.getenv()));
        return new SettingsReader(ServerSettings.withApplications()).read(all);
    }

    private static int serve(Application application, Reload reload, @Nullable String file) throws Exception {
        Settings settings = application.settings();
        Path directory = java.util.Objects.requireNonNull(settings.get(ScriptSettings.class).documentRoot());
        if (!Files.isDirectory(directory) || !Files.isReadable(directory) || !Files.isExecutable(directory)) {
            System.err.println(directory + (Files.isDirectory(directory)
                    ? " cannot be read and entered by " + System.getProperty("user.name") + ", as whom this server runs"
                    : " is no directory"));
            return CommandLine.ExitCode.USAGE;
        }
        PhpServer server;
        try {
            server = new PhpServer(settings, directory.toRealPath(), application.sources());
            if (file != null) {
                PhpApplication.hideConfiguration(server.context().getServletContext(), List.of(Path.of(file)));
            }
            StartFailure.startQuietly(server);
        } catch (Exception failed) {
            System.err.println(StartFailure.explain(failed, settings.get(ServerSettings.class)));
            return NOT_STARTED;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "shutdown"));
        reload.add(server::reload);
        HangUp.listen(() -> reload.now("SIGHUP"));
        if (file != null) {
            watch(Path.of(file), reload);
        }
        application.announcement().forEach(System.out::println);
        System.out.println("Serving " + directory + " on " + server.url());
        server.join();
        return STARTED_AND_STOPPED;
    }

    private static void watch(Path file, Reload reload) {
        WatchedFiles watched = new WatchedFiles(List.of(file));
        new Upkeep("config-watch", second -> {
            if (watched.haveChanged()) {
                reload.now(file + " has changed");
            }
        });
    }

    private static void stop(PhpServer server) {
        try {
            server.close();
        } catch (Exception failed) {
            System.err.println("not stopped cleanly: " + failed);
        }
    }

    private static List<SettingSource> sources(ParseResult given) {
        List<SettingSource> sources = new ArrayList<>();
        for (SettingDescription setting : new SettingsReader(ServerSettings.withApplications()).describe()) {
            Object value = given.matchedOptionValue(setting.flag(), null);
            String name = setting.flag().substring(2);
            if (value instanceof Map<?, ?> group) {
                group.forEach((entry, text) -> sources.add(SettingSource.flag(name, entry + "=" + text)));
            } else if (value instanceof List<?> items) {
                // The flag of a list may be given several times.
                sources.add(SettingSource.flag(name, items.stream().map(Object::toString).collect(Collectors.joining(" "))));
            } else if (value != null) {
                sources.add(SettingSource.flag(name, value.toString()));
            }
        }
        String file = given.matchedOptionValue(ProgramSpec.CONFIG, null);
        if (file != null) {
            sources.add(SettingsFile.read(Path.of(file)));
        }
        String directory = given.matchedPositionalValue(0, null);
        if (directory != null) {
            sources.add(SettingSource.flag("document-root", directory));
        }
        sources.add(defaults());
        sources.add(ServerSettings.OF_A_DIRECTORY);
        return sources;
    }

    /** What the main class does when nobody says anything, weaker than everything that is written. */
    private static SettingSource defaults() {
        return new SettingSource(Kind.DEFAULT, "serve", Map.of("target", "private", "documentRoot", ".", "preset", Presets.AUTO));
    }
}
