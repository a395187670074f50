package org.jettyphp.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jettyphp.config.SettingProblem;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.SettingSource.Kind;
import org.jettyphp.config.Settings;
import org.jettyphp.config.SettingsException;
import org.jettyphp.fpm.FpmSettings;
import org.jettyphp.fpm.Machine;
import org.jettyphp.fpm.Workers;
import org.jettyphp.script.ScriptSettings;
import org.jettyphp.servlet.PhpApplication;

/**
 * What a server serves: its own settings, and one site or several.
 *
 * @param sites at least one; what all hosts and paths get that no other site has, if there is such a directory, comes first
 */
record Served(Settings settings, List<Site> sites) {

    /**
     * Reads all settings.
     *
     * @param reader reads all settings from sources
     * @throws SettingsException with every setting that cannot be used
     */
    static Served of(List<SettingSource> sources, Function<List<SettingSource>, Settings> reader) {
        Settings server = reader.apply(sources);
        Map<String, String> named = server.get(ServerSettings.class).site();
        boolean besides = named.isEmpty() || server.get(ScriptSettings.class).documentRoot() != null;
        List<SettingSource> ofEach = named.isEmpty() ? sources : withWorkers(sources, named.size() + (besides ? 1 : 0));
        List<Site> sites = new ArrayList<>();
        if (besides) {
            sites.add(new Site(SiteKey.ofAllHosts(server.get(ServerSettings.class).contextPath()), Application.of(ofEach, reader), null));
        }
        List<SettingsException> refusals = new ArrayList<>();
        named.forEach((key, value) -> {
            try {
                sites.add(new SiteReader(server, ofEach, reader).read(key, value));
            } catch (SettingsException refused) {
                refusals.add(refused);
            }
        });
        if (!refusals.isEmpty()) {
            throw SettingsException.all(refusals);
        }
        Served served = new Served(server, List.copyOf(sites));
        served.check(Served::checkKeys);
        served.check(Served::checkSharedWorkers);
        return served;
    }

    /** Where nobody says how many: as many for each as one alone would have, as far as its part of the memory holds them. */
    private static List<SettingSource> withWorkers(List<SettingSource> sources, int sites) {
        Machine machine = Machine.here();
        Workers each = new FpmSettings(null, null, null).workersOn(new Machine(machine.cores(), machine.memory() / sites));
        List<SettingSource> all = new ArrayList<>(sources);
        all.add(new SettingSource(Kind.DEFAULT, sites + " sites", Map.of("workers", each.toString())));
        return all;
    }

    boolean hasSeveral() {
        return !settings.get(ServerSettings.class).site().isEmpty();
    }

    /** Files of settings, beside that of {@code --config}. */
    List<Path> files() {
        return sites.stream().flatMap(site -> Stream.ofNullable(site.file())).toList();
    }

    /** Lines that say which presets were taken and what comes of it. */
    List<String> announcements() {
        return sites.stream()
                .flatMap(site -> site.application().announcement().stream().map(line -> hasSeveral() ? site + ": " + line : line))
                .toList();
    }

    private void check(BiConsumer<Site, Site> together) {
        for (int i = 1; i < sites.size(); i++) {
            for (Site other : sites.subList(0, i)) {
                together.accept(sites.get(i), other);
            }
        }
    }

    private static void checkKeys(Site site, Site other) {
        if (site.key().equals(other.key())) {
            throw refused(site, "is for the same requests as " + other.documentRoot()
                    + "; leave one of them out, or give one a host or another path");
        }
    }

    private static void checkSharedWorkers(Site site, Site other) {
        Set<String> leaking = PhpApplication.iniThatLeaks(site.settings(), other.settings());
        if (!leaking.isEmpty()) {
            throw refused(site, "has PHP-FPM workers in common with " + other + ", which would keep " + String.join(", ", leaking)
                    + " from one for the other; set them for both (the values may differ), or give one a target of its own");
        }
    }

    private static SettingsException refused(Site site, String why) {
        return SettingsException.of(List.of(new SettingProblem("site " + site, "site." + site, null, why)));
    }
}
