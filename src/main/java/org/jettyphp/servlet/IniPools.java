package org.jettyphp.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jettyphp.events.Events;
import org.jettyphp.fpm.PhpFpm;
import org.jettyphp.htaccess.PhpValue;
import org.jettyphp.htaccess.PhpValues;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.pool.Usage;
import org.jettyphp.transport.Address;
import org.jettyphp.upstream.UpstreamGroup;
import org.jettyphp.upstream.UpstreamSettings;

/**
 * Which pool of a private php-fpm a script runs in: the main one, or, where {@code .htaccess} files ask for ini values that not all scripts have, one
 * whose workers have them. It is made when it is first asked for; requests wait for it in its own queue. Any thread.
 */
final class IniPools {

    /** Each may have as many workers as the main one, and is made by a reload. */
    static final int MOST = 16;

    /** Between the choice of a pool and the moment when its queue knows the request. */
    private static final long CHOSEN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PhpFpm fpm;
    private final PhpValues files;
    private final UpstreamGroup main;
    private final Events events;
    private final Map<Map<String, String>, Pool> pools = new ConcurrentHashMap<>();
    private boolean closed;

    /** {@code files}: where the values are asked for; {@code main}: the pool of those scripts that ask for none. */
    IniPools(PhpFpm fpm, PhpValues files, UpstreamGroup main, Events events) {
        this.fpm = fpm;
        this.files = files;
        this.main = main;
        this.events = events;
    }

    private static final class Pool {

        final UpstreamGroup group;
        final Path socket;
        volatile List<PhpValue> asked;
        volatile long askedAt;

        Pool(UpstreamGroup group, Path socket, List<PhpValue> asked) {
            this.group = group;
            this.socket = socket;
            this.asked = asked;
            this.askedAt = System.nanoTime();
        }

        UpstreamGroup ask(List<PhpValue> now) {
            asked = now;
            askedAt = System.nanoTime();
            return group;
        }
    }

    /**
     * The pool for a script.
     *
     * @param asked what is asked for it besides what all scripts have, the strongest last
     * @throws RequestUnusableException if there are too many, or none is made any more: it must not run with other values
     */
    UpstreamGroup of(List<PhpValue> asked) throws RequestUnusableException {
        Map<String, String> values = fpm.counting(PrivateFpm.iniValues(asked));
        Pool known = pools.get(values);
        if (known != null) {
            return known.ask(asked);
        }
        // Not where there is a pool already: the main one may just now be about to get what its own file asks for.
        return fpm.givesAll(values) ? main : made(values, asked);
    }

    private synchronized UpstreamGroup made(Map<String, String> values, List<PhpValue> asked) throws RequestUnusableException {
        Pool known = pools.get(values);
        if (known != null) {
            return known.ask(asked);
        }
        if (closed) {
            throw new RequestUnusableException(Failure.stopping());
        }
        removeUnasked();
        if (pools.size() >= MOST) {
            throw new RequestUnusableException(new Failure(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, asked.get(asked.size() - 1).line()
                    + ": php_value asks for one more set of values, and there are " + MOST
                    + " of them already, each with a pool of its own; let directories ask for the same values, or set them for all", 0));
        }
        UpstreamGroup group = UpstreamGroup.awaited(settings(main.settings()), pool(main.pool()), events);
        Path socket = fpm.addPool(values, at -> group.isAt(new Address.Unix(at)));
        pools.put(values, new Pool(group, socket, asked));
        return group;
    }

    /** Of files that have changed or are gone. */
    private void removeUnasked() {
        List<Map<String, String>> unasked = new ArrayList<>();
        pools.forEach((values, pool) -> {
            Usage usage = pool.group.slots().usage();
            boolean atRest = usage.busy() == 0 && usage.waiting() == 0 && System.nanoTime() - pool.askedAt > CHOSEN_NANOS;
            if (atRest && !isAsked(values, pool.asked)) {
                unasked.add(values);
                fpm.removePool(pool.socket);
                pool.group.close();
            }
        });
        unasked.forEach(pools::remove);
    }

    private boolean isAsked(Map<String, String> values, List<PhpValue> asked) {
        return asked.stream().allMatch(files::isSaid) && fpm.counting(PrivateFpm.iniValues(asked)).equals(values);
    }

    /** As {@link UpstreamGroup#change}, with what is changed of the main pool. */
    synchronized void change(UpstreamSettings settings, PoolSettings pool) {
        each(group -> group.change(settings(settings), pool(pool)));
    }

    /** It has a status page only where it grows, and these grow in another way. */
    private static UpstreamSettings settings(UpstreamSettings ofMain) {
        return ofMain.withStatusPath(null);
    }

    /** A kept connection holds a worker, of which there are to be none without a request. */
    private static PoolSettings pool(PoolSettings ofMain) {
        return ofMain.keepingNone();
    }

    /** As {@link UpstreamGroup#close(Duration)}; whose pool is not there yet is refused, and does not wait for the others. */
    void close(Supplier<Duration> grace) {
        synchronized (this) {
            closed = true;
        }
        each(group -> group.close(grace.get()));
    }

    /** As {@link UpstreamGroup#awaitEnd}. */
    void awaitEnd() {
        each(UpstreamGroup::awaitEnd);
    }

    private void each(Consumer<UpstreamGroup> what) {
        pools.values().forEach(pool -> what.accept(pool.group));
    }
}
