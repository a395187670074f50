package org.jettyphp.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name servers of this machine, asked by the JDK's DNS client, which remembers nothing. {@link InetAddress} remembers for 30 s, or for as
 * long as whoever owns the JVM has set, for ever perhaps; it is asked for what is not in the DNS: names of the hosts file and the like.
 */
final class SystemNames implements Names {

    private static final Logger LOG = LoggerFactory.getLogger(SystemNames.class);

    private final String servers;
    private final Path hosts;
    private final Path configuration;

    SystemNames() {
        this("dns:", Path.of("/etc/hosts"), Path.of("/etc/resolv.conf"));
    }

    /** {@code servers}: a URL of the JDK's DNS client; {@code dns:} stands for those of the machine. */
    SystemNames(String servers, Path hosts, Path configuration) {
        this.servers = servers;
        this.hosts = hosts;
        this.configuration = configuration;
    }

    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        if (!isInHosts(host)) {
            List<InetAddress> found = inDns(host);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of(InetAddress.getAllByName(host));
    }

    private boolean isInHosts(String host) {
        return lines(hosts).stream().map(line -> line.replaceFirst("#.*", "").strip().split("\\s+"))
                .anyMatch(words -> List.of(words).subList(1, words.length).stream().anyMatch(host::equalsIgnoreCase));
    }

    /** A host has no colon, so it cannot lead JNDI to another service than the DNS, and what that answers is text. */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private List<InetAddress> inDns(String host) {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put(Context.PROVIDER_URL, servers);
        settings.put("com.sun.jndi.dns.timeout.retries", "2");
        try {
            DirContext dns = new InitialDirContext(settings);
            try {
                for (String name : candidates(host)) {
                    List<InetAddress> found = ask(dns, name);
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            } finally {
                dns.close();
            }
        } catch (NamingException | UnknownHostException unusable) {
            LOG.debug("The name servers could not be asked for {}", host, unusable);
        }
        return List.of();
    }

    @SuppressWarnings("BanJNDI")
    private static List<InetAddress> ask(DirContext dns, String name) throws NamingException, UnknownHostException {
        List<InetAddress> found = new ArrayList<>();
        for (String type : types()) {
            try {
                Attribute records = dns.getAttributes(name, new String[] {type}).get(type);
                for (NamingEnumeration<?> all = records == null ? null : records.getAll(); all != null && all.hasMore();) {
                    found.add(InetAddress.getByName(String.valueOf(all.next())));
                }
            } catch (NameNotFoundException none) {
                return List.of();
            }
        }
        return found;
    }

    /** As {@link InetAddress} orders them. */
    private static String[] types() {
        if (Boolean.getBoolean("java.net.preferIPv4Stack")) {
            return new String[] {"A"};
        }
        return Boolean.getBoolean("java.net.preferIPv6Addresses") ? new String[] {"AAAA", "A"} : new String[] {"A", "AAAA"};
    }

    /** The name with the endings of the search list, as resolv.conf(5) has it: a Kubernetes service is often written without its domain. */
    private List<String> candidates(String host) {
        List<String> endings = List.of();
        long dots = 1;
        for (String line : lines(configuration)) {
            List<String> words = List.of(line.strip().split("\\s+"));
            if (words.get(0).equals("search") || words.get(0).equals("domain")) {
                endings = words.subList(1, words.size());
            } else if (words.get(0).equals("options")) {
                dots = words.stream().filter(word -> word.matches("ndots:[0-9]{1,2}")).mapToLong(word -> Long.parseLong(word.substring(6)))
                        .findFirst().orElse(dots);
            }
        }
        List<String> names = new ArrayList<>();
        if (!host.endsWith(".")) {
            endings.forEach(ending -> names.add(host + "." + ending.toLowerCase(Locale.ROOT)));
        }
        names.add(host.chars().filter(c -> c == '.').count() >= dots ? 0 : names.size(), host);
        return names;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException absent) {
            return List.of();
        }
    }
}
