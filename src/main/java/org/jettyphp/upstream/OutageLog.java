package org.jettyphp.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jettyphp.transport.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log says of a PHP-FPM that takes no requests: among several each time for how long, of the only one once what that means. Any thread. */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Address address;
    private final BooleanSupplier alone;
    private final AtomicReference<@Nullable Outage> said = new AtomicReference<>();

    /** @param alone whether there is no other one at the moment */
    OutageLog(Address address, BooleanSupplier alone) {
        this.address = address;
        this.alone = alone;
    }

    /**
     * One more request has failed for it.
     *
     * @param pause for how long it is put out; zero: it is already
     * @param failures how often it has been put out since an exchange ended well
     */
    void out(Outage outage, Duration pause, int failures) {
        if (!alone.getAsBoolean()) {
            if (!pause.isZero()) {
                LOG.warn("PHP-FPM at {} is out for {} ms ({} in a row): {}", address, pause.toMillis(), failures, outage.why());
            }
            return;
        }
        Outage before = said.getAndSet(outage);
        if (before == null || !before.saysTheSameAs(outage)) {
            LOG.warn("PHP-FPM at {} {}: {}; {}", address, outage.state(), outage.why(), outage.meaning());
        }
    }

    /** It takes requests again, so long after the first one failed. */
    void back(Duration away) {
        said.set(null);
        LOG.info("PHP-FPM at {} is back, {} ms after it was missed first", address, away.toMillis());
    }
}
