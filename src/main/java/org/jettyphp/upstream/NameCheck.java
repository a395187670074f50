package org.jettyphp.upstream;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jettyphp.transport.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves a name again and again: with several addresses of one family it is as many PHP-FPMs. With one of each family it is one PHP-FPM, and
 * they are alternatives; so it is before it has been resolved.
 */
final class NameCheck implements Checks.Check {

    private static final Logger LOG = LoggerFactory.getLogger(NameCheck.class);

    private final Address.Tcp name;
    private final Names names;
    private final Supplier<Duration> every;
    private final Runnable whenChanged;
    private volatile List<Address> addresses;
    private boolean failed;

    /** Nothing is asked yet; {@code whenChanged} is called after {@link #addresses()} has become something else. */
    NameCheck(Address.Tcp name, Names names, Supplier<Duration> every, Runnable whenChanged) {
        this.name = name;
        this.names = names;
        this.every = every;
        this.whenChanged = whenChanged;
        this.addresses = List.of(name);
    }

    /** Whether there is something to resolve. */
    static boolean isName(Address address) {
        return address instanceof Address.Tcp tcp && tcp.host().indexOf(':') < 0 && !tcp.host().matches("[0-9.]+|localhost");
    }

    /** Those it stands for; the last known ones while it cannot be resolved. */
    List<Address> addresses() {
        return addresses;
    }

    @Override
    public long look() {
        try {
            List<Address> found = upstreams(names.addresses(name.host()));
            failed = false;
            if (!found.equals(addresses)) {
                LOG.info("{} is {}", name, found);
                addresses = found;
                whenChanged.run();
            }
        } catch (UnknownHostException unknown) {
            if (!failed) {
                LOG.warn("{} does not resolve now ({}); it stays {}", name, unknown.getMessage(), addresses);
                failed = true;
            }
        }
        return every.get().toNanos();
    }

    /** Of two families that have several, the preferred one: the same PHP-FPMs are behind both. */
    private List<Address> upstreams(List<InetAddress> found) {
        boolean preferSix = found.get(0) instanceof Inet6Address;
        List<Address> preferred = family(found, preferSix);
        List<Address> other = family(found, !preferSix);
        if (preferred.size() > 1 || other.size() > 1) {
            return preferred.size() > 1 ? preferred : other;
        }
        // One that is left of several stands for itself: by its name the JDK might still remember it with the others.
        boolean wasSeveral = !addresses.equals(List.of(name));
        return wasSeveral ? preferred : List.of(name);
    }

    /** In an order that does not change with each answer. */
    private List<Address> family(List<InetAddress> found, boolean six) {
        return found.stream().filter(address -> address instanceof Inet6Address == six)
                .map(address -> (Address) new Address.Tcp(address.getHostAddress(), name.port())).distinct()
                .sorted(Comparator.comparing(Address::toString)).toList();
    }
}
