package org.jettyphp.servlet;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jettyphp.cgi.CgiSettings;
import org.jettyphp.config.Settings;
import org.jettyphp.fpm.PhpFpm;
import org.jettyphp.htaccess.PhpValue;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.script.ScriptResolver;
import org.jettyphp.script.ScriptSettings;
import org.jettyphp.transport.Address;
import org.jettyphp.transport.Deadline;
import org.jettyphp.upstream.UpstreamGroup;
import org.jettyphp.upstream.UpstreamSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PHP-FPMs of an application: those of the setting {@code target}, or a private one with its pools. Any thread. */
final class Upstreams {

    private static final Logger LOG = LoggerFactory.getLogger(PhpContext.class);

    private final UpstreamGroup main;
    private final LiveUpstream live;
    private final @Nullable PhpFpm ownFpm;
    private final @Nullable IniPools pools;

    private Upstreams(ServletContext context, UpstreamGroup main, @Nullable PhpFpm ownFpm, @Nullable IniPools pools) {
        this.main = main;
        this.ownFpm = ownFpm;
        this.pools = pools;
        this.live = new LiveUpstream(context, main, pools);
    }

    /** Those at {@code target}. */
    static Upstreams at(String target, Settings settings, ServletContext context) {
        return new Upstreams(context, UpstreamGroup.of(target, settings.get(UpstreamSettings.class), settings.get(PoolSettings.class),
                PhpApplication.events(context)), null, null);
    }

    /** A private one, started. */
    static Upstreams started(Settings settings, ScriptSettings scripts, ScriptResolver resolver, ServletContext context)
            throws IOException {
        var asked = resolver.phpValues();
        PhpFpm fpm = PrivateFpm.start(settings, scripts, PhpApplication.name(context), asked::ofAll);
        var events = PhpApplication.events(context);
        UpstreamGroup main = PrivateFpm.upstream(fpm, settings.get(UpstreamSettings.class), settings.get(PoolSettings.class), events);
        return new Upstreams(context, main, fpm, new IniPools(fpm, asked, main, events));
    }

    /** A line at start. */
    void announce(Settings settings, String site) {
        Integer configured = settings.get(PoolSettings.class).maxConnections();
        List<Address> addresses = main.addresses();
        LOG.info("{}PHP-FPM at {}, {} connections at most{}", site,
                addresses.stream().map(Address::toString).collect(Collectors.joining(", ")),
                main.pool().slots(), addresses.size() > 1 ? " to each" : "");
        if (ownFpm != null && configured != null && configured != ownFpm.workers().most()) {
            LOG.warn("{}maxConnections={} is not used: a private php-fpm has as many connections as workers, {}; set workers instead", site,
                    configured, ownFpm.workers());
        }
        if (ownFpm == null && configured == null && settings.get(UpstreamSettings.class).statusPath() == null) {
            LOG.info(
                    "{}maxConnections is not set: {} are used; set it to pm.max_children of the pool, so that requests wait in the queue here "
                            + "and not in PHP-FPM's backlog, or set statusPath to pm.status_path of the pool to have it found out",
                    site, main.pool().slots());
        }
    }

    /** Where scripts run of which nothing else is said. */
    UpstreamGroup main() {
        return main;
    }

    /**
     * Where a script runs.
     *
     * @param asked the ini values that are asked for it alone
     */
    UpstreamGroup of(List<PhpValue> asked) throws RequestUnusableException {
        return asked.isEmpty() || pools == null ? main : pools.of(asked);
    }

    /** Checks and takes on what can be changed while requests are under way. */
    void takeOn(Settings changed) {
        live.takeOn(changed.get(UpstreamSettings.class), changed.get(PoolSettings.class));
    }

    /** Lets a private php-fpm begin anew: its workers keep ini values that they were sent. */
    void reload(CgiSettings cgi) {
        if (ownFpm != null) {
            ownFpm.reload(PrivateFpm.given(cgi));
        }
    }

    /** Lets what runs and what waits go on until then; {@code meanwhile} ends the rest of the requests. */
    void close(Deadline stopBy, Runnable meanwhile) {
        live.close();
        main.close(remaining(stopBy));
        if (pools != null) {
            pools.close(() -> remaining(stopBy));
        }
        meanwhile.run();
        main.awaitEnd();
        if (pools != null) {
            pools.awaitEnd();
        }
        if (ownFpm != null) {
            ownFpm.close(remaining(stopBy));
        }
    }

    private static Duration remaining(Deadline stopBy) {
        return stopBy.ends() ? Duration.ofNanos(stopBy.remainingNanos()) : Duration.ZERO;
    }
}
