package org.jettyphp.launch;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jettyphp.config.EffectiveSetting;
import org.jettyphp.config.Settings;
import org.jettyphp.fpm.FpmSettings;
import org.jettyphp.fpm.Machine;
import org.jettyphp.fpm.Workers;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.servlet.PhpApplication;

/** What {@code --show-config} prints: every setting in force, and where it comes from; what depends on the machine, as it is on this one. */
final class EffectiveConfiguration {

    private static final long MIB = 1 << 20;

    private EffectiveConfiguration() {}

    static void print(Served served, PrintWriter out) {
        boolean several = served.hasSeveral();
        // Those of the only application, or of what all sites begin with.
        print(several ? served.settings() : served.sites().get(0).settings(), Set.of(), out);
        for (Site site : several ? served.sites() : List.<Site>of()) {
            out.printf("%n# site %s%n", site);
            print(site.settings(), SiteReader.OF_THE_SERVER, out);
        }
    }

    private static void print(Settings settings, Set<String> without, PrintWriter out) {
        Map<String, EffectiveSetting> computed = computed(settings);
        for (EffectiveSetting setting : settings.effective()) {
            if (without.contains(setting.name().replaceFirst("\\..*", ""))) {
                continue;
            }
            EffectiveSetting shown = setting.value() == null ? computed.getOrDefault(setting.name(), setting) : setting;
            out.printf("%-20s %-30s # %s%n", shown.name(), shown.value() == null ? "" : shown.value().replace("\n", "\n" + " ".repeat(21)),
                    shown.origin());
        }
    }

    private static Map<String, EffectiveSetting> computed(Settings settings) {
        Machine machine = Machine.here();
        String cores = machine.cores() + " cores";
        Map<String, EffectiveSetting> computed = new HashMap<>();
        add(computed, "threads", settings.get(ServerSettings.class).mostThreads(), "computed: " + cores);
        if (PhpApplication.isPrivate(settings)) {
            Workers workers = settings.get(FpmSettings.class).workersOn(machine);
            add(computed, "workers", workers, "computed: " + cores + ", " + machine.memory() / MIB + " MiB of memory");
            add(computed, "maxConnections", workers.most(), "computed: the workers of the private php-fpm");
        } else {
            add(computed, "maxConnections", settings.get(PoolSettings.class).slots(), "default");
        }
        return computed;
    }

    private static void add(Map<String, EffectiveSetting> to, String name, Object value, String origin) {
        to.put(name, new EffectiveSetting(name, value.toString(), origin));
    }
}
