package org.jettyphp.launch;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jettyphp.config.EffectiveSetting;
import org.jettyphp.config.Settings;
import org.jettyphp.servlet.PhpApplication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done to take on a configuration that has changed, without a restart: on SIGHUP, and when the file of {@code --config} has changed. */
final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Supplier<Settings> reader;
    private final List<Consumer<Settings>> steps = new CopyOnWriteArrayList<>();
    private Settings inForce;

    /** {@code reader} throws an exception with the reason if what it finds cannot be used. */
    Reload(Settings inForce, Supplier<Settings> reader) {
        this.inForce = inForce;
        this.reader = reader;
    }

    /** Adds what is to be done with the settings that have been read. One that throws keeps those behind it from being done. */
    void add(Consumer<Settings> step) {
        steps.add(step);
    }

    /** Reads and does it, on the caller's thread; what cannot be used stays without effect, and the log says why. */
    synchronized void now(String why) {
        LOG.info("Reading the configuration anew: {}", why);
        try {
            Settings settings = reader.get();
            steps.forEach(step -> step.accept(settings));
            sayWhatWaits(settings);
            inForce = settings;
        } catch (RuntimeException refused) {
            LOG.warn("The configuration is not taken on: {}", refused.getMessage());
        }
    }

    private void sayWhatWaits(Settings settings) {
        Map<String, Optional<String>> before = values(inForce);
        Map<String, Optional<String>> after = values(settings);
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<String> waiting = names.stream().filter(name -> !PhpApplication.reloads(name))
                .filter(name -> !Objects.equals(before.get(name), after.get(name))).toList();
        if (!waiting.isEmpty()) {
            LOG.warn("Changed, but without effect until a restart: {}", String.join(", ", waiting));
        }
    }

    private static Map<String, Optional<String>> values(Settings settings) {
        return settings.effective().stream().collect(Collectors.toMap(EffectiveSetting::name, each -> Optional.ofNullable(each.value())));
    }
}
