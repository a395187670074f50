package org.jettyphp.acceptance;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jettyphp.events.ExchangeEnd;
import org.jettyphp.events.NoSlot;
import org.jettyphp.events.PhpListener;
import org.jettyphp.events.RequestInfo;
import org.jettyphp.events.Retry;

/** A listener that keeps all it is told, in short; targets by what follows the last slash. */
final class Heard implements PhpListener {

    private final Queue<String> all = new ConcurrentLinkedQueue<>();

    List<String> all() {
        return List.copyOf(all);
    }

    long count(String event) {
        return all.stream().filter(event::equals).count();
    }

    private static String shortened(String target) {
        return target.substring(target.lastIndexOf('/') + 1);
    }

    @Override
    public void queued(RequestInfo request) {
        all.add("queued");
    }

    @Override
    public void granted(RequestInfo request, String target, Duration waited) {
        all.add("granted " + shortened(target));
    }

    @Override
    public void gaveUp(RequestInfo request, NoSlot why, Duration waited) {
        all.add("gave up " + why);
    }

    @Override
    public void started(RequestInfo request, String target) {
        all.add("started " + shortened(target));
    }

    @Override
    public void ended(RequestInfo request, String target, ExchangeEnd how, Duration took) {
        all.add("ended " + how);
    }

    @Override
    public void retried(RequestInfo request, String target, Retry why) {
        all.add("retried " + why);
    }

    @Override
    public void handedOn(RequestInfo request, String target, Retry why) {
        all.add("handed on " + why);
    }

    @Override
    public void retryRefused(RequestInfo request, String target, Retry why) {
        all.add("retry refused " + why);
    }

    @Override
    public void out(String target, Duration pause, String cause) {
        all.add("out " + shortened(target) + " " + pause.toMillis());
    }

    @Override
    public void back(String target) {
        all.add("back " + shortened(target));
    }
}
