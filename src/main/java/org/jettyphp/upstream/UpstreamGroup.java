package org.jettyphp.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jettyphp.events.Events;
import org.jettyphp.events.Retry;
import org.jettyphp.fastcgi.ResponseSink;
import org.jettyphp.pool.ExchangeThread;
import org.jettyphp.pool.Job;
import org.jettyphp.pool.Lane;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.pool.Slots;
import org.jettyphp.transport.Address;

/** The PHP-FPMs of an application, one or several, and the one queue in front of them. They can change while requests run and wait. */
public final class UpstreamGroup implements AutoCloseable {

    private final Slots slots;
    private final Checks checks;
    private final Shared shared;
    private final Names resolver;

    /** Also those that drain. */
    private final Map<Lane, Member> members = new ConcurrentHashMap<>();

    /** Guards what follows, and held over each change of it. */
    private final Object changing = new Object();

    private final Map<Address, NameCheck> names = new HashMap<>();

    private List<Target> targets = List.of();
    private volatile List<Target> resolved = List.of();
    private boolean closed;

    UpstreamGroup(List<Target> targets, Shared shared, Names resolver) {
        this.shared = shared;
        this.resolver = resolver;
        this.slots = new Slots(shared.pool(), List.of(), shared.settings().balance().policy(), shared.events());
        this.checks = new Checks();
        use(targets);
    }

    /** Those in the setting {@code target}. */
    public static UpstreamGroup of(String target, UpstreamSettings settings, PoolSettings pool, Events events) {
        return new UpstreamGroup(Target.list(target), new Shared(settings, pool, events), new SystemNames());
    }

    /** The one at this address. */
    public static UpstreamGroup of(Address address, UpstreamSettings settings, PoolSettings pool, Events events) {
        return new UpstreamGroup(List.of(Target.alone(address)), new Shared(settings, pool, events), new SystemNames());
    }

    /**
     * The one at this address, a {@code dynamic} pool that always keeps workers idle.
     *
     * @param least how many workers it begins with
     * @param status where it tells, at the settings' {@code statusPath}, how many it has
     */
    public static UpstreamGroup growing(Address address, int least, Address status, UpstreamSettings settings, PoolSettings pool,
            Events events) {
        return new UpstreamGroup(List.of(new Target(address, 1, false, status, least)), new Shared(settings, pool, events),
                new SystemNames());
    }

    /** One that is not there yet: requests wait for it, as for a free slot, until it is said {@linkplain #isAt where it is}. */
    public static UpstreamGroup awaited(UpstreamSettings settings, PoolSettings pool, Events events) {
        return new UpstreamGroup(List.of(), new Shared(settings, pool, events), new SystemNames());
    }

    /** From now on requests go there. */
    public void isAt(Address address) {
        use(List.of(Target.alone(address)));
    }

    /** Where a request waits for its turn. */
    public Slots slots() {
        return slots;
    }

    /** Where they are, for log lines. */
    public List<Address> addresses() {
        return resolved.stream().map(Target::address).toList();
    }

    /** Those in force. */
    public UpstreamSettings settings() {
        return shared.settings();
    }

    /** Those in force. */
    public PoolSettings pool() {
        return shared.pool();
    }

    /**
     * Takes on targets, numbers of connections, limits of the queue and timeouts, while requests run and wait. Of the rest nothing is taken on:
     * the settings must agree with those in force there.
     *
     * @throws IllegalArgumentException if the target cannot be used; nothing has changed then
     */
    public void change(UpstreamSettings settings, PoolSettings pool) {
        synchronized (changing) {
            String target = settings.target();
            List<Target> wanted = target == null || target.equals(UpstreamSettings.PRIVATE) ? targets : Target.list(target);
            shared.change(settings, pool);
            slots.change(pool);
            use(wanted);
        }
    }

    /** From now on requests go there; a PHP-FPM that was there before and is not any more ends what it has begun. */
    private void use(List<Target> wanted) {
        synchronized (changing) {
            if (closed) {
                return;
            }
            targets = List.copyOf(wanted);
            nameChecks();
            resolved = targets.stream().flatMap(this::resolved).distinct().toList();
            List<Member> now = resolved.stream().map(this::member).toList();
            slots.arrange(now.stream().map(Member::lane).toList(), this::gone);
            checks.keep(checks(now));
        }
    }

    /** One for each name among the targets, in as far as they are to be resolved again. */
    private void nameChecks() {
        List<Address> wanted = shared.settings().dnsTtl().isZero() ? List.of()
                : targets.stream().map(Target::address).filter(NameCheck::isName).toList();
        names.keySet().retainAll(wanted);
        for (Address name : wanted) {
            names.computeIfAbsent(name,
                    address -> new NameCheck((Address.Tcp) address, resolver, () -> shared.settings().dnsTtl(), this::renew));
        }
    }

    /** A name stands for others now. */
    private void renew() {
        synchronized (changing) {
            use(targets);
        }
    }

    private Stream<Target> resolved(Target target) {
        NameCheck name = names.get(target.address());
        return name == null ? Stream.of(target) : name.addresses().stream().map(target::at);
    }

    /** The one that is known at the address, with its connections and its health, or a new one. */
    private Member member(Target target) {
        for (Member known : members.values()) {
            if (known.is(target)) {
                known.become(target);
                return known;
            }
        }
        Member created = new Member(target, slots, shared, () -> resolved.size() == 1);
        members.put(created.lane(), created);
        return created;
    }

    /** Where there is no other one, nobody asks whether it lives: requests wait for it in any case. */
    private List<Checks.Check> checks(List<Member> now) {
        List<Checks.Check> all = new ArrayList<>(names.values());
        if (now.size() > 1) {
            now.forEach(member -> all.add(member.life()));
        }
        now.stream().map(Member::status).filter(Objects::nonNull).forEach(all::add);
        return all;
    }

    private void gone(Lane lane) {
        synchronized (changing) {
            Member member = members.get(lane);
            if (member != null && resolved.stream().noneMatch(member::is)) {
                members.remove(lane);
                member.upstream().close();
            }
        }
    }

    /** Sends what need not wait for the thread of the {@linkplain #exchange exchange} that is to come in this lane. Any thread; does not block. */
    public void ahead(PhpRequest request, Lane lane, ExchangeControl control) {
        Objects.requireNonNull(members.get(lane)).upstream().ahead(request, others(lane), control);
    }

    /**
     * Asks PHP and hands its answer to the sink. The caller has a slot in the lane.
     *
     * @return {@link Job.Outcome#ELSEWHERE} if another PHP-FPM is there to take the request, and PHP cannot have begun, or may begin again
     * @throws UpstreamException if PHP-FPM could not be reached or did not answer to the end
     * @throws IOException what the sink or the body threw
     */
    public Job.Outcome exchange(PhpRequest request, ExchangeThread thread, Lane lane, ResponseSink sink, ExchangeControl control)
            throws IOException {
        Upstream upstream = Objects.requireNonNull(members.get(lane)).upstream();
        Job.Outcome outcome = Job.Outcome.DONE;
        try {
            upstream.exchange(request, thread, others(lane), sink, control);
        } catch (UpstreamException failed) {
            if (control.unwanted() || !slots.hasOther(lane) || !mayBeHandedOn(failed, request, lane)) {
                throw failed;
            }
            outcome = Job.Outcome.ELSEWHERE;
        } finally {
            if (outcome == Job.Outcome.DONE) {
                shared.budget().deposit();
            }
        }
        return outcome;
    }

    /** What no worker has taken adds nothing to what workers do; a PHP-FPM that refuses is busy, and so the others may be. */
    private boolean mayBeHandedOn(UpstreamException failed, PhpRequest request, Lane lane) {
        Retry why = switch (failed.kind()) {
            case UNREACHABLE -> Retry.UNREACHABLE;
            case OVERLOADED -> Retry.OVERLOADED;
            case OUT_OF_REACH -> Retry.LOST;
            case BROKEN, TIMED_OUT, ABORTED -> null;
        };
        if (why == null || why != Retry.UNREACHABLE && !shared.budget().pay(request.info(), lane.name(), why)) {
            return false;
        }
        shared.events().tell(listener -> listener.handedOn(request.info(), lane.name(), why));
        return true;
    }

    private Upstream.Others others(Lane lane) {
        return new Upstream.Others() {
            @Override
            public boolean any() {
                return slots.hasOther(lane);
            }

            @Override
            public int free() {
                return slots.free(lane);
            }
        };
    }

    /** Lets what runs and what waits go on for so long, then ends it. */
    public void close(Duration grace) {
        slots.close(grace);
        checks.close();
        List<Member> all;
        synchronized (changing) {
            closed = true;
            all = new ArrayList<>(members.values());
        }
        all.forEach(member -> member.upstream().close());
    }

    /** After it has been closed: waits for the exchanges that still run. */
    public void awaitEnd() {
        slots.awaitEnd();
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
