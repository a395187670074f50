package org.jettyphp.servlet;

import java.io.IOException;
import org.jettyphp.buffer.SpoolSettings;
import org.jettyphp.cgi.CgiSettings;
import org.jettyphp.config.Settings;
import org.jettyphp.events.Events;
import org.jettyphp.fpm.FpmSettings;
import org.jettyphp.fpm.PhpFpm;
import org.jettyphp.fpm.PoolRequest;
import org.jettyphp.fpm.Workers;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.script.ScriptSettings;
import org.jettyphp.transport.Address;
import org.jettyphp.upstream.UpstreamGroup;
import org.jettyphp.upstream.UpstreamSettings;

/** Starts a php-fpm whose limits are those of the application in front of it. */
final class PrivateFpm {

    private PrivateFpm() {}

    static PhpFpm start(Settings settings, ScriptSettings scripts) throws IOException {
        if (scripts.documentRoot() == null) {
            throw new IllegalArgumentException("documentRoot is not set");
        }
        PoolRequest request = new PoolRequest(scripts.scriptExtensions(), settings.get(SpoolSettings.class).maxRequestBody(),
                settings.get(CgiSettings.class).ini(), settings.get(PoolSettings.class).stopTimeout());
        return PhpFpm.start(settings.get(FpmSettings.class), scripts.documentRoot().toRealPath(), request);
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
