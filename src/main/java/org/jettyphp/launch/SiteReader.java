package org.jettyphp.launch;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jettyphp.config.EffectiveSetting;
import org.jettyphp.config.SettingDescription;
import org.jettyphp.config.SettingProblem;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.SettingSource.Kind;
import org.jettyphp.config.Settings;
import org.jettyphp.config.SettingsException;
import org.jettyphp.config.SettingsFile;
import org.jettyphp.config.SettingsReader;
import org.jettyphp.script.ScriptSettings;
import org.jspecify.annotations.Nullable;

/** Reads what {@code site.KEY=VALUE} says of one site; what it does not say is as for the whole server. */
final class SiteReader {

    private static final String DOCUMENT_ROOT = "documentRoot";
    private static final String CONTEXT_PATH = "contextPath";
    private static final String SCRIPT_ROOT = "scriptRoot";
    private static final String HOSTS = "hosts";

    /** What a server has once, for all its sites. */
    static final Set<String> OF_THE_SERVER = Stream.concat(
            new SettingsReader(ServerSettings.OF_THE_SERVER).describe().stream().map(SettingDescription::name)
                    .filter(name -> !name.equals("preset") && !name.equals("accessLog")),
            Stream.of("stopTimeout", "maxSpool", "bufferMemory", "spoolDirectory")).collect(Collectors.toUnmodifiableSet());

    private final Settings server;
    private final List<SettingSource> sources;
    private final Function<List<SettingSource>, Settings> reader;

    SiteReader(Settings server, List<SettingSource> sources, Function<List<SettingSource>, Settings> reader) {
        this.server = server;
        this.sources = sources;
        this.reader = reader;
    }

    /** @throws SettingsException with everything that cannot be used */
    Site read(String written, String value) {
        SiteKey key = SiteKey.of(written);
        String where = place(written);
        Path place = path(where, written, value);
        boolean file = Files.isRegularFile(place);
        SettingSource own = file ? ownSettings(place) : new SettingSource(Kind.SITE, where, Map.of(DOCUMENT_ROOT, value));
        checkScriptRoot(own, where, written);
        List<SettingSource> all = new ArrayList<>(sources);
        all.add(own);
        all.add(new SettingSource(Kind.SITE, where, Map.of(CONTEXT_PATH, key.contextPath())));
        if (!key.host().isEmpty() && !own.values().containsKey(HOSTS)) {
            // The host is checked by its name already; those of the server are others.
            all.add(new SettingSource(Kind.SITE, where, Map.of(HOSTS, "")));
        }
        Site site = new Site(key, Application.of(all, reader), file ? place : null);
        checkDirectory(site.documentRoot(), file ? DOCUMENT_ROOT + " in " + place : where, "site." + written);
        return site;
    }

    /** Where it is written. */
    private String place(String written) {
        return server.effective().stream().filter(setting -> setting.name().equals("site." + written)).map(EffectiveSetting::origin)
                .findFirst()
                .orElse("site");
    }

    private static Path path(String where, String written, String value) {
        try {
            Path place = Path.of(value);
            if (Files.exists(place)) {
                return place;
            }
        } catch (InvalidPathException unusable) {
            throw refused(where, "site." + written, value, "this is no path: " + unusable.getReason());
        }
        throw refused(where, "site." + written, value,
                "there is no such directory or file; name the directory of the application, or a file with "
                        + "its settings");
    }

    private static SettingSource ownSettings(Path file) {
        SettingSource source = new SettingSource(Kind.SITE, file.toString(), SettingsFile.read(file).values());
        List<SettingProblem> problems = new ArrayList<>();
        source.values().forEach((name, value) -> {
            String reason = reasonAgainst(name);
            if (reason != null) {
                problems.add(new SettingProblem(name + " in " + file, name, null, reason));
            }
        });
        if (!source.values().containsKey(DOCUMENT_ROOT)) {
            problems.add(
                    new SettingProblem(file.toString(), DOCUMENT_ROOT, null, "it is not set; the settings of a site name the directory of "
                            + "its application"));
        }
        if (!problems.isEmpty()) {
            throw SettingsException.of(problems);
        }
        return source;
    }

    private static @Nullable String reasonAgainst(String name) {
        String setting = name.replaceFirst("\\..*", "");
        if (!OF_THE_SERVER.contains(setting)) {
            return null;
        }
        return switch (setting) {
            case CONTEXT_PATH -> "the path of a site is in its name: site./shop, site.blog.example/shop";
            case "site" -> "a site has no sites; name it where this one is named";
            case "host" -> "it is the address on which the server listens; the host of a site is in its name: site.blog.example";
            default -> "the whole server has one, for all sites alike; set it on the command line or in the file of --config";
        };
    }

    private void checkScriptRoot(SettingSource own, String where, String written) {
        if (server.get(ScriptSettings.class).scriptRoot() != null && !own.values().containsKey(SCRIPT_ROOT)) {
            throw SettingsException.of(List.of(new SettingProblem(where, "site." + written, null,
                    "scriptRoot of the server is the directory of another application; name a settings file that has a scriptRoot of its own")));
        }
    }

    private static void checkDirectory(Path directory, String where, String name) {
        if (!Files.isDirectory(directory)) {
            throw refused(where, name, directory.toString(), "this is no directory");
        }
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            throw refused(where, name, directory.toString(),
                    "it cannot be read and entered by " + System.getProperty("user.name") + ", as whom this server runs");
        }
    }

    private static SettingsException refused(String where, String name, String value, String why) {
        return SettingsException.of(List.of(new SettingProblem(where, name, value, why)));
    }
}
