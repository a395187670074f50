package org.jettyphp.servlet;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jettyphp.buffer.SpoolSettings;
import org.jettyphp.cgi.CgiSettings;
import org.jettyphp.config.Settings;
import org.jettyphp.events.Events;
import org.jettyphp.fpm.FpmSettings;
import org.jettyphp.fpm.IniValue;
import org.jettyphp.fpm.PhpFpm;
import org.jettyphp.fpm.PoolRequest;
import org.jettyphp.fpm.Workers;
import org.jettyphp.htaccess.PhpValue;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.script.ScriptSettings;
import org.jettyphp.transport.Address;
import org.jettyphp.upstream.UpstreamGroup;
import org.jettyphp.upstream.UpstreamSettings;

/** Starts a php-fpm whose limits are those of the application in front of it. */
final class PrivateFpm {

    private static final String POOL = "jetty-php-fpm";

    private PrivateFpm() {}

    /**
     * Starts it.
     *
     * @param site as its pool is called, in php-fpm's log and in the list of processes; empty: as we are
     * @param asked what the application's own rules ask of PHP
     */
    static PhpFpm start(Settings settings, ScriptSettings scripts, String site, Supplier<List<PhpValue>> asked) throws IOException {
        if (scripts.documentRoot() == null) {
            throw new IllegalArgumentException("documentRoot is not set");
        }
        PoolRequest request = new PoolRequest(site.isEmpty() ? POOL : site, scripts.scriptExtensions(),
                settings.get(SpoolSettings.class).maxRequestBody(),
                given(settings.get(CgiSettings.class)), () -> iniValues(asked.get()),
                settings.get(PoolSettings.class).stopTimeout());
        return PhpFpm.start(settings.get(FpmSettings.class), scripts.documentRoot().toRealPath(), request);
    }

    /** The ini values that the user has set. */
    static Map<String, String> given(CgiSettings settings) {
        Map<String, String> given = new HashMap<>(settings.ini());
        given.putAll(settings.adminIni());
        return given;
    }

    /** The same for php-fpm. */
    static List<IniValue> iniValues(List<PhpValue> asked) {
        return asked.stream().map(value -> new IniValue(value.name(), value.value(), value.line())).toList();
    }

    static UpstreamGroup upstream(PhpFpm fpm, UpstreamSettings settings, PoolSettings pool, Events events) {
        Address address = new Address.Unix(fpm.socket());
        Workers workers = fpm.workers();
        PoolSettings asManySlots = pool.withSlots(workers.most());
        return workers.grow()
                ? UpstreamGroup.growing(address, workers.least(), new Address.Unix(fpm.statusSocket()),
                        settings.withStatusPath(PhpFpm.STATUS_PATH), asManySlots, events)
                : UpstreamGroup.of(address, settings, asManySlots, events);
    }
}
