package org.jettyphp.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    private final int maxPerClient;

    /** In the order of arrival. */
    private final LinkedHashMap<Job, Waiter> all = new LinkedHashMap<>();

    private final Map<String, Client> clients = new HashMap<>();

    /** Clients who wait and may have one more running, by the arrival of the first that waits. */
    private final TreeMap<Long, Client> eligible = new TreeMap<>();

    private long arrivals;

    /**
     * Nobody waits.
     *
     * @param maxPerClient how many jobs of one client may run at once; 0: as many as there are slots
     */
    WaitingLine(int maxPerClient) {
        this.maxPerClient = maxPerClient;
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
        unlist(client);
        client.running--;
        list(client);
    }

    void add(Job job, Deadline until) {
        Client client = client(job);
        Waiter waiter = new Waiter(job, arrivals++, until);
        all.put(job, waiter);
        unlist(client);
        client.waiting.add(waiter);
        list(client);
    }

    /** Takes the first who may run; it counts as running then. */
    @Nullable
    Job poll() {
        Map.Entry<Long, Client> first = eligible.firstEntry();
        if (first == null) {
            return null;
        }
        Client client = first.getValue();
        unlist(client);
        Waiter waiter = client.waiting.remove();
        client.running++;
        list(client);
        all.remove(waiter.job);
        return waiter.job;
    }

    /** Takes a job out; false if it does not wait. */
    boolean remove(Job job) {
        Waiter waiter = all.remove(job);
        if (waiter == null) {
            return false;
        }
        Client client = client(job);
        unlist(client);
        client.waiting.remove(waiter);
        list(client);
        return true;
    }

    /** When the one who has waited for longest gives up; null if nobody waits. */
    @Nullable
    Deadline firstDeadline() {
        return all.isEmpty() ? null : all.values().iterator().next().until;
    }

    /** Takes out who has waited for too long. */
    List<Job> removeLate() {
        List<Job> late = new ArrayList<>();
        for (Waiter waiter : all.values()) {
            if (!waiter.until.isPast()) {
                break;
            }
            late.add(waiter.job);
        }
        late.forEach(this::remove);
        return late;
    }

    List<Job> removeAll() {
        List<Job> jobs = List.copyOf(all.keySet());
        jobs.forEach(this::remove);
        return jobs;
    }

    /** One line for everybody where clients are not told apart. */
    private String key(Job job) {
        return maxPerClient == 0 ? "" : job.client();
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

    private record Waiter(Job job, long arrival, Deadline until) {}

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
