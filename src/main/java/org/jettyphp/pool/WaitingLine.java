package org.jettyphp.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jettyphp.transport.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a slot, in the order of arrival; who has as many of its own requests running as {@code maxPerClient} allows is passed over
 * until one of them has ended. All wait equally long. Not for several threads: {@link Slots} holds its lock.
 */
final class WaitingLine {

    private static final int LONG = 256;

    private final int maxPerClient;

    private final Map<Job, Waiter> all = new HashMap<>();
    private final TreeMap<Long, Waiter> byArrival = new TreeMap<>();

    private final Map<String, Client> clients = new HashMap<>();

    /** Clients who wait and may have one more running, by the arrival of the first that waits. */
    private final TreeMap<Long, Client> eligible = new TreeMap<>();

    private long arrivals;
    private long returns;

    /**
     * Nobody waits.
     *
     * @param maxPerClient how many jobs of one client may run at once; 0: as many as there are slots
     */
    WaitingLine(int maxPerClient) {
        this.maxPerClient = maxPerClient;
    }

    /** Whether who comes ought to let others go first: {@link Jobs#standBack}. */
    boolean isLong() {
        return size() >= LONG;
    }

    int size() {
        return all.size();
    }

    /** Whether a job that has just come may run, if there is a slot. */
    boolean mayRun(Job job) {
        Client client = clients.get(key(job));
        return client == null || client.mayRun();
    }

    /** A job runs that did not wait. */
    void begun(Job job) {
        client(job).running++;
    }

    /** A job that ran has ended. */
    void ended(Job job) {
        Client client = client(job);
        client.running--;
        list(client);
    }

    void add(Claim claim) {
        Client client = client(claim.job());
        client.waiting.add(put(claim, arrivals++));
        if (client.waiting.size() == 1) {
            list(client);
        }
    }

    /** For a job that has had a slot and could not begin there: it does not lose its place. */
    void addFirst(Claim claim) {
        Client client = client(claim.job());
        Waiter waiter = put(claim, --returns);
        unlist(client);
        client.waiting.addFirst(waiter);
        list(client);
    }

    private Waiter put(Claim claim, long arrival) {
        Waiter waiter = new Waiter(claim, arrival);
        all.put(claim.job(), waiter);
        byArrival.put(arrival, waiter);
        return waiter;
    }

    /** The first who may run; null if nobody waits who may. */
    @Nullable
    Job peek() {
        Map.Entry<Long, Client> first = eligible.firstEntry();
        return first == null ? null : first.getValue().waiting.element().claim.job();
    }

    /** Takes the first who may run; it counts as running then. */
    @Nullable
    Claim poll() {
        Map.Entry<Long, Client> first = eligible.firstEntry();
        if (first == null) {
            return null;
        }
        Client client = first.getValue();
        unlist(client);
        Waiter waiter = client.waiting.remove();
        client.running++;
        list(client);
        all.remove(waiter.claim.job());
        byArrival.remove(waiter.arrival);
        return waiter.claim;
    }

    /** Takes a job out; null if it does not wait. */
    @Nullable
    Claim remove(Job job) {
        Waiter waiter = all.remove(job);
        if (waiter == null) {
            return null;
        }
        byArrival.remove(waiter.arrival);
        Client client = client(job);
        unlist(client);
        client.waiting.remove(waiter);
        list(client);
        return waiter.claim;
    }

    /** When the one who has waited for longest gives up; null if nobody waits. */
    @Nullable
    Deadline firstDeadline() {
        return byArrival.isEmpty() ? null : byArrival.firstEntry().getValue().claim.until();
    }

    /** Takes out who has waited for too long. */
    List<Claim> removeLate() {
        List<Claim> late = new ArrayList<>();
        for (Waiter waiter : byArrival.values()) {
            if (!waiter.claim.until().isPast()) {
                break;
            }
            late.add(waiter.claim);
        }
        late.forEach(claim -> remove(claim.job()));
        return late;
    }

    List<Claim> removeAll() {
        List<Claim> claims = byArrival.values().stream().map(Waiter::claim).toList();
        claims.forEach(claim -> remove(claim.job()));
        return claims;
    }

    /** One line for everybody where clients are not told apart. */
    private String key(Job job) {
        return maxPerClient == 0 ? "" : job.request().client();
    }

    private Client client(Job job) {
        return clients.computeIfAbsent(key(job), Client::new);
    }

    private void unlist(Client client) {
        if (!client.waiting.isEmpty()) {
            eligible.remove(client.waiting.element().arrival);
        }
    }

    private void list(Client client) {
        if (!client.waiting.isEmpty() && client.mayRun()) {
            eligible.put(client.waiting.element().arrival, client);
        } else if (client.waiting.isEmpty() && client.running == 0) {
            clients.remove(client.name);
        }
    }

    private record Waiter(Claim claim, long arrival) {}

    private final class Client {

        private final String name;
        private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
        private int running;

        Client(String name) {
            this.name = name;
        }

        boolean mayRun() {
            return maxPerClient == 0 || running < maxPerClient;
        }
    }
}
