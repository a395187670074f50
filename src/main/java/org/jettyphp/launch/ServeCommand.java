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
import org.jettyphp.fpm.Upkeep;
import org.jettyphp.fpm.WatchedFiles;
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
        Served served;
        try {
            served = served(given);
        } catch (SettingsException refused) {
            System.err.println(refused.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        if (given.hasMatchedOption(ProgramSpec.SHOW_CONFIG)) {
            PrintWriter out = given.commandSpec().commandLine().getOut();
            served.announcements().forEach(line -> out.println("# " + line));
            EffectiveConfiguration.print(served, out);
            return STARTED_AND_STOPPED;
        }
        String file = given.matchedOptionValue(ProgramSpec.CONFIG, null);
        List<Path> configuration = new ArrayList<>(served.files());
        if (file != null) {
            configuration.add(Path.of(file));
        }
        return serve(served, new Reload(served, () -> served(given)), configuration);
    }

    private static Served served(ParseResult given) {
        List<SettingSource> sources = sources(given);
        boolean hasSites = !read(sources).get(ServerSettings.class).site().isEmpty();
        sources.add(defaults(hasSites));
        return Served.of(sources, ServeCommand::read);
    }

    private static Settings read(List<SettingSource> sources) {
        List<SettingSource> all = new ArrayList<>(sources);
        all.add(SettingSource.environment(System.getenv()));
        return ServerSettings.reader().read(all);
    }

    private static int serve(Served served, Reload reload, List<Path> configuration) throws Exception {
        Path directory = served.sites().get(0).documentRoot();
        if (!Files.isDirectory(directory) || !Files.isReadable(directory) || !Files.isExecutable(directory)) {
            System.err.println(directory + (Files.isDirectory(directory)
                    ? " cannot be read and entered by " + System.getProperty("user.name") + ", as whom this server runs"
                    : " is no directory"));
            return CommandLine.ExitCode.USAGE;
        }
        PhpServer server;
        try {
            server = new PhpServer(served, configuration, false);
            StartFailure.startQuietly(server);
        } catch (Exception failed) {
            System.err.println(StartFailure.explain(failed, served.settings().get(ServerSettings.class)));
            return NOT_STARTED;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, reload), "shutdown"));
        reload.add(server::reload);
        HangUp.listen(() -> reload.now("SIGHUP"));
        if (!configuration.isEmpty()) {
            watch(configuration, reload);
        }
        served.announcements().forEach(System.out::println);
        served.sites().forEach(site -> System.out.println("Serving " + site.documentRoot() + " on " + server.url(site.key())));
        server.join();
        return STARTED_AND_STOPPED;
    }

    private static void watch(List<Path> configuration, Reload reload) {
        WatchedFiles watched = new WatchedFiles(configuration);
        new Upkeep("config-watch", second -> {
            if (watched.haveChanged()) {
                reload.ofWhatHasChanged(
                        (configuration.size() == 1 ? configuration.get(0).toString() : "one of " + configuration) + " has changed");
            }
        });
    }

    private static void stop(PhpServer server, Reload reload) {
        reload.end();
        try {
            server.close();
        } catch (Exception failed) {
            System.err.println("not stopped cleanly: " + failed);
        }
    }

    private static List<SettingSource> sources(ParseResult given) {
        List<SettingSource> sources = new ArrayList<>();
        for (SettingDescription setting : ServerSettings.reader().describe()) {
            Object value = given.matchedOptionValue(setting.flag(), null);
            String name = setting.flag().substring(2);
            if (setting.group() && value != null) {
                // As they were given: of two with one name the map has the last.
                given.matchedOption(setting.flag()).originalStringValues().forEach(entry -> sources.add(SettingSource.flag(name, entry)));
            } else if (value instanceof List<?> items) {
                // The flag of a list may be given several times.
                String between = setting.type().equals("list") ? " " : "\n";
                sources.add(SettingSource.flag(name, items.stream().map(Object::toString).collect(Collectors.joining(between))));
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
        sources.add(ServerSettings.OF_A_DIRECTORY);
        return sources;
    }

    /** What the main class does when nobody says anything, weaker than everything that is written. */
    private static SettingSource defaults(boolean hasSites) {
        SettingSource defaults =
                new SettingSource(Kind.DEFAULT, "serve", Map.of("target", "private", "documentRoot", ".", "preset", Presets.AUTO));
        return hasSites ? defaults.without("documentRoot") : defaults;
    }
}
