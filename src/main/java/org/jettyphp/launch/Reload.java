package org.jettyphp.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jettyphp.config.EffectiveSetting;
import org.jettyphp.config.Settings;
import org.jettyphp.servlet.PhpApplication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done to take on a configuration that has changed, without a restart: on SIGHUP, and when a settings file has changed. */
final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Supplier<Served> reader;
    private final List<Consumer<Site>> steps = new CopyOnWriteArrayList<>();
    private final boolean several;
    private Served inForce;
    private boolean ended;

    /** {@code reader} throws an exception with the reason if what it finds cannot be used. */
    Reload(Served inForce, Supplier<Served> reader) {
        this.inForce = inForce;
        this.several = inForce.hasSeveral();
        this.reader = reader;
    }

    /** Adds what is to be done with each site that was there at the start. One that throws keeps those behind it from being done, for that site. */
    void add(Consumer<Site> step) {
        steps.add(step);
    }

    /** Reads and does it, on the caller's thread; what cannot be used stays without effect, and the log says why. */
    void now(String why) {
        take(why, true);
    }

    /** The same, but of several sites only for those of which a setting has changed: the php-fpm of another one need not begin anew. */
    void ofWhatHasChanged(String why) {
        take(why, !several);
    }

    /** What is being stopped does not begin anew. Waits for one that is under way. */
    synchronized void end() {
        ended = true;
    }

    private synchronized void take(String why, boolean all) {
        if (ended) {
            return;
        }
        LOG.info("Reading the configuration anew: {}", why);
        try {
            Served served = reader.get();
            List<Site> sites = new ArrayList<>();
            for (Site known : inForce.sites()) {
                sites.add(found(known, served).filter(site -> all || !values(site.settings()).equals(values(known.settings())))
                        .map(changed -> takenOn(known, changed)).orElse(known));
            }
            sayWhatWaits("", inForce.settings(), served.settings(), SiteReader.OF_THE_SERVER::contains);
            inForce = new Served(served.settings(), List.copyOf(sites));
        } catch (RuntimeException refused) {
            LOG.warn("The configuration is not taken on: {}", refused.getMessage());
        }
    }

    /** The only one stays what it is under another context path. */
    private Optional<Site> found(Site known, Served served) {
        return several || served.hasSeveral() ? served.sites().stream().filter(site -> site.key().equals(known.key())).findFirst()
                : Optional.of(new Site(known.key(), served.sites().get(0).application(), null));
    }

    /** What is in force then. */
    private Site takenOn(Site known, Site changed) {
        String ofSite = several ? known + ": " : "";
        try {
            steps.forEach(step -> step.accept(changed));
            sayWhatWaits(ofSite, known.settings(), changed.settings(), name -> !SiteReader.OF_THE_SERVER.contains(name));
            return changed;
        } catch (RuntimeException refused) {
            LOG.warn("{}The configuration is not taken on: {}", ofSite, refused.getMessage());
            return known;
        }
    }

    /** {@code counts}: whether a setting, or the group of one, is of interest. */
    private static void sayWhatWaits(String ofSite, Settings known, Settings changed, Predicate<String> counts) {
        Map<String, Optional<String>> before = values(known);
        Map<String, Optional<String>> after = values(changed);
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<String> waiting = names.stream().filter(name -> counts.test(name.replaceFirst("\\..*", "")) && !PhpApplication.reloads(name))
                .filter(name -> !Objects.equals(before.get(name), after.get(name))).toList();
        if (!waiting.isEmpty()) {
            LOG.warn("{}Changed, but without effect until a restart: {}", ofSite, String.join(", ", waiting));
        }
    }

    private static Map<String, Optional<String>> values(Settings settings) {
        return settings.effective().stream().collect(Collectors.toMap(EffectiveSetting::name, each -> Optional.ofNullable(each.value())));
    }
}
