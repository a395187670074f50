package org.jettyphp.htaccess;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jettyphp.setting.Network;
import org.jspecify.annotations.Nullable;

/** Reads the lines of access control. */
final class AccessLines implements Lines {

    private final List<Requirement> required = new ArrayList<>();
    private final List<Requirement> allow = new ArrayList<>();
    private final List<Requirement> deny = new ArrayList<>();
    private final List<Access.Limited> limited = new ArrayList<>();
    private @Nullable Boolean allowFirst;
    private @Nullable Boolean either;
    private boolean closed;
    private String section = "";

    /** Whether a directive controls access, understood or not. */
    static boolean isAccess(String key) {
        return switch (key) {
            case "require", "order", "allow", "deny", "satisfy", "authmerging", "allowmethods", "sslrequire", "sslrequiressl", "<limit",
                    "<limitexcept", "<requireall", "<requireany",
                    "<requirenone" ->
                true;
            default -> false;
        };
    }

    @Override
    public boolean take(Line line) throws NotUnderstoodException {
        switch (line.key()) {
            case "require" -> required.add(within(requirement(line.words())));
            case "order" -> allowFirst = order(line.rest().replaceAll("\\s", "").toLowerCase(Locale.ROOT));
            case "allow" -> allow.addAll(hosts(line.words()));
            case "deny" -> deny.addAll(hosts(line.words()));
            case "satisfy" -> either = either(line.word().toLowerCase(Locale.ROOT));
            case "allowmethods" -> allowMethods(line.words());
            case "authmerging", "sslrequire", "sslrequiressl" -> throw new NotUnderstoodException("is not understood");
            case "authtype" -> throw new NotUnderstoodException("has no effect: there are no logins here, and what requires one is denied; "
                    + "let PHP ask for a login (401 and WWW-Authenticate), a web.xml, or a proxy in front");
            case "authname", "authuserfile", "authgroupfile", "authbasicprovider", "authdigestprovider", "authdigestdomain" ->
                throw new NotUnderstoodException("has no effect: there are no logins here; what requires one is denied");
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What is only turned round grants nothing, and of several requirements one is enough: Apache refuses to start with it. */
    private Requirement within(Requirement requirement) throws NotUnderstoodException {
        if (requirement instanceof Requirement.Not && !section.equals("<requireall")) {
            closed = true;
            throw new NotUnderstoodException("has a meaning within <RequireAll> only, beside what is required");
        }
        return requirement;
    }

    /** Says that the lines that follow are those of {@code <requireall}, {@code <requireany} or {@code <requirenone}. */
    void begin(String key) {
        section = key;
    }

    private void allowMethods(List<String> methods) {
        if (!methods.contains("reset")) {
            Access nobody = new Access(new Requirement.Always(false), null, null, List.of(), false);
            limited.add(new Access.Limited(Set.copyOf(methods), true, nobody));
        }
    }

    private static boolean order(String order) throws NotUnderstoodException {
        return switch (order) {
            case "allow,deny", "mutual-failure" -> true;
            case "deny,allow" -> false;
            default -> throw new NotUnderstoodException("is neither allow,deny nor deny,allow");
        };
    }

    private static boolean either(String satisfy) throws NotUnderstoodException {
        return switch (satisfy) {
            case "any" -> true;
            case "all" -> false;
            default -> throw new NotUnderstoodException("is neither Any nor All");
        };
    }

    private static List<Requirement> hosts(List<String> words) throws NotUnderstoodException {
        if (words.size() < 2 || !words.get(0).equalsIgnoreCase("from")) {
            throw new NotUnderstoodException("has no 'from' and a host");
        }
        List<Requirement> hosts = new ArrayList<>();
        for (String host : words.subList(1, words.size())) {
            if (host.equalsIgnoreCase("all")) {
                hosts.add(new Requirement.Always(true));
            } else if (host.regionMatches(true, 0, "env=", 0, "env=".length())) {
                hosts.add(variable(host.substring("env=".length())));
            } else {
                hosts.add(new Requirement.From(List.of(HostNotation.network(host))));
            }
        }
        return hosts;
    }

    private static Requirement variable(String name) {
        return name.startsWith("!") ? new Requirement.Not(new Requirement.Variable(List.of(name.substring(1))))
                : new Requirement.Variable(List.of(name));
    }

    private static Requirement requirement(List<String> words) throws NotUnderstoodException {
        List<String> arguments = words.isEmpty() ? words : words.subList(1, words.size());
        String provider = words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT);
        if (arguments.isEmpty() && !provider.equals("local") && !provider.equals("valid-user")) {
            throw new NotUnderstoodException("requires nothing");
        }
        return switch (provider) {
            case "not" -> new Requirement.Not(requirement(arguments));
            case "all" -> all(arguments.get(0).toLowerCase(Locale.ROOT));
            case "ip" -> new Requirement.From(networks(arguments));
            case "local" -> new Requirement.Local();
            case "method" -> new Requirement.Method(Set.copyOf(arguments));
            case "env" -> new Requirement.Variable(List.copyOf(arguments));
            default -> throw new NotUnderstoodException("cannot be told here, so it is not met");
        };
    }

    private static Requirement all(String word) throws NotUnderstoodException {
        return switch (word) {
            case "granted" -> new Requirement.Always(true);
            case "denied" -> new Requirement.Always(false);
            default -> throw new NotUnderstoodException("is neither granted nor denied");
        };
    }

    private static List<Network> networks(List<String> words) throws NotUnderstoodException {
        List<Network> networks = new ArrayList<>();
        for (String word : words) {
            networks.add(HostNotation.network(word));
        }
        return networks;
    }

    /** A line, or a section, of access control was not understood: it stands for nobody. */
    void close(String key) {
        switch (key) {
            // One more that is not met: others may still be.
            case "require" -> required.add(new Requirement.Unknown());
            case "allow" -> allow.add(new Requirement.Unknown());
            case "deny" -> deny.add(new Requirement.Unknown());
            default -> closed = true;
        }
    }

    /** What a section has gathered: {@code <requireall}, {@code <requireany}, {@code <requirenone}. */
    void add(String section, AccessLines inner) {
        List<Requirement> of = List.copyOf(inner.required);
        required.add(switch (section) {
            case "<requireall" -> new Requirement.All(of);
            case "<requirenone" -> new Requirement.None(of);
            default -> new Requirement.Any(of);
        });
        closed |= inner.closed;
    }

    void limit(Set<String> methods, boolean except, AccessLines inner) {
        limited.add(new Access.Limited(methods, except, inner.made()));
    }

    Access made() {
        Requirement require =
                required.isEmpty() ? null : required.size() == 1 ? required.get(0) : new Requirement.Any(List.copyOf(required));
        HostRules hosts = allowFirst == null && allow.isEmpty() && deny.isEmpty()
                ? null
                : new HostRules(Boolean.TRUE.equals(allowFirst), List.copyOf(allow), List.copyOf(deny));
        return new Access(require, hosts, either, List.copyOf(limited), closed);
    }
}
