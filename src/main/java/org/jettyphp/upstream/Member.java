package org.jettyphp.upstream;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jettyphp.events.PoolStatus;
import org.jettyphp.pool.Lane;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.pool.Slots;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** A PHP-FPM of a group: what exchanges need, what is asked of it meanwhile, and how many slots it has. */
final class Member {

    private static final Logger LOG = LoggerFactory.getLogger(Member.class);

    private final Upstream upstream;
    private final Slots slots;
    private final Shared shared;
    private final Capacity capacity;
    private final Checks.Check life;
    private final Checks.@Nullable Check status;
    private volatile Target target;

    /** @param alone whether the group has no other one at the moment */
    Member(Target target, Slots slots, Shared shared, BooleanSupplier alone) {
        this.target = target;
        this.slots = slots;
        this.shared = shared;
        this.capacity = new Capacity(target.least());
        this.upstream = new Upstream(target, capacity.slots(shared.pool()), shared, slots::look, alone);
        IntSupplier free = () -> slots.free(upstream.lane());
        this.life = new LifeCheck(target.address(), upstream.health(), free, this::outOfReach);
        String path = shared.settings().statusPath();
        this.status = path == null ? null : new StatusCheck(target, path, free, this::learn);
    }

    private void outOfReach() {
        if (slots.hasOther(lane())) {
            upstream.forsake();
        }
    }

    Upstream upstream() {
        return upstream;
    }

    Lane lane() {
        return upstream.lane();
    }

    /** Whether it is the PHP-FPM of this target: what else stands there can change. */
    boolean is(Target other) {
        return target.address().equals(other.address()) && Objects.equals(target.status(), other.status());
    }

    /** Takes on the target's weight and the settings of the moment. */
    void become(Target other) {
        target = other;
        slots.change(lane(), other.share(capacity.slots(shared.pool())));
    }

    Checks.Check life() {
        return life;
    }

    Checks.@Nullable Check status() {
        return status;
    }

    private void learn(PoolStatus told) {
        PoolSettings pool = shared.pool();
        int before = capacity.slots(pool);
        capacity.learn(told);
        int now = capacity.slots(pool);
        if (now != before) {
            // One that grows of itself does so every few seconds.
            LOG.atLevel(target.least() > 0 ? Level.DEBUG : Level.INFO).log("PHP-FPM at {} has {} workers ({}): {} connections at most",
                    target.address(), told.total(), told.manager(), now);
            slots.change(lane(), target.share(now));
        }
        shared.events().tell(listener -> listener.reported(lane().name(), told));
    }
}
