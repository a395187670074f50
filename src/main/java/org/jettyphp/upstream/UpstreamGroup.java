package org.jettyphp.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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

    /** Also those that drain. */
    private final Map<Lane, Member> members = new ConcurrentHashMap<>();

    /** Guards what follows, and held over each change of it. */
    private final Object changing = new Object();

    private volatile List<Target> targets = List.of();
    private boolean closed;

    private UpstreamGroup(List<Target> targets, Shared shared) {
        this.shared = shared;
        this.slots = new Slots(shared.pool(), List.of(), shared.settings().balance().policy(), shared.events());
        this.checks = new Checks();
        use(targets);
    }

    /** Those in the setting {@code target}. */
    public static UpstreamGroup of(String target, UpstreamSettings settings, PoolSettings pool, Events events) {
        return new UpstreamGroup(Target.list(target), new Shared(settings, pool, events));
    }

    /** The one at this address. */
    public static UpstreamGroup of(Address address, UpstreamSettings settings, PoolSettings pool, Events events) {
        return new UpstreamGroup(List.of(Target.at(address)), new Shared(settings, pool, events));
    }

    /** Where a request waits for its turn. */
    public Slots slots() {
        return slots;
    }

    /** Where they are, for log lines. */
    public List<Address> addresses() {
        return targets.stream().map(Target::address).toList();
    }

    /** From now on requests go there; a PHP-FPM that was there before and is not any more ends what it has begun. */
    private void use(List<Target> wanted) {
        synchronized (changing) {
            if (closed) {
                return;
            }
            List<Member> now = wanted.stream().map(this::member).toList();
            targets = List.copyOf(wanted);
            slots.arrange(now.stream().map(Member::lane).toList(), this::gone);
            checks.keep(checks(now));
        }
    }

    /** The one that is known at the address, with its connections and its health, or a new one. */
    private Member member(Target target) {
        for (Member known : members.values()) {
            if (known.is(target)) {
                known.become(target);
                return known;
            }
        }
        Member created = new Member(target, slots, shared);
        members.put(created.lane(), created);
        return created;
    }

    /** Where there is no other one, nobody asks whether it lives: requests wait for it in any case. */
    private static List<Checks.Check> checks(List<Member> members) {
        Stream<Checks.Check> lives = members.size() > 1 ? members.stream().map(Member::life) : Stream.of();
        return Stream.concat(lives, members.stream().map(Member::status).filter(Objects::nonNull)).toList();
    }

    private void gone(Lane lane) {
        synchronized (changing) {
            Member member = members.get(lane);
            if (member != null && targets.stream().noneMatch(member::is)) {
                members.remove(lane);
                member.upstream().close();
            }
        }
    }

    /**
     * Asks PHP and hands its answer to the sink. The caller has a slot in the lane.
     *
     * @return {@link Job.Outcome#ELSEWHERE} if PHP cannot have begun and another PHP-FPM is there to take the request
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
            case BROKEN, TIMED_OUT, ABORTED -> null;
        };
        if (why == null || why == Retry.OVERLOADED && !shared.budget().pay(request.info(), lane.name(), why)) {
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

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
