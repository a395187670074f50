package org.jettyphp.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jettyphp.pool.Balance;
import org.jettyphp.setting.Setting;
import org.jettyphp.transport.Address;
import org.jspecify.annotations.Nullable;

/** Where PHP-FPM is, and how long it may take. */
public record UpstreamSettings(
        @Setting(text = "Where PHP-FPM listens: 127.0.0.1:9000, [::1]:9000, 9000, /run/php/php8.2-fpm.sock, unix:/path, fcgi://host:9000, "
                + "proxy:unix:/path|fcgi://localhost/; 'private' starts one of our own; or several with commas between, each with weight=N, backup or status=ADDRESS behind it: "
                + "10.0.0.1:9000 weight=3, 10.0.0.2:9000, 10.0.0.3:9000 backup. Default: the main class starts a private one, a web application must say")
        @Nullable String target,
        @Setting(byDefault = "least-busy", text = "Which of several targets takes a request: least-busy, round-robin, first (the first that is there), "
                + "client (always the same one for a client's address); each has maxConnections of its own")
        Policy balance,
        @Setting(text = "The pm.status_path of PHP-FPM's pool, for example /status: it is asked every 2 s, and how many workers it has becomes how many "
                + "requests it is given at once, up to maxConnections if that is set. Behind a target status=ADDRESS names the pm.status_listen of its pool "
                + "(a mere port: of the same host), which answers while all workers are busy")
        @Nullable String statusPath,
        @Setting(byDefault = "10s", text = "How often host names among the targets are resolved again: one with several addresses of one family is as many "
                + "PHP-FPMs, which join and leave with them. 0: not again, and a name is one PHP-FPM")
        Duration dnsTtl,
        @Setting(byDefault = "5s", text = "How long connecting to PHP-FPM may take. 0: without limit")
        Duration connectTimeout,
        @Setting(byDefault = "60s", text = "How long PHP may be silent: until the first byte of its answer and between two bytes; then 504. 0: without limit")
        Duration responseTimeout,
        @Setting(text = "responseTimeoutFor.PATH=10m is responseTimeout for the URLs at and below PATH, as in responseTimeoutFor./admin/export.php=10m; "
                + "PATH is written as in the URL, without the context path; the longest one that fits counts")
        Map<String, Duration> responseTimeoutFor) {

    /** The target that means: start a php-fpm of our own. */
    public static final String PRIVATE = "private";

    /** Which of several targets takes a request. */
    public enum Policy {
        LEAST_BUSY(Balance.LeastBusy::new), ROUND_ROBIN(Balance.RoundRobin::new), FIRST(Balance.First::new), CLIENT(Balance.Client::new);

        private final Supplier<Balance> maker;

        Policy(Supplier<Balance> maker) {
            this.maker = maker;
        }

        Balance policy() {
            return maker.get();
        }
    }

    public UpstreamSettings {
        if (target != null && !target.equals(PRIVATE)) {
            Target.list(target);
        }
        if (statusPath != null && !statusPath.startsWith("/")) {
            throw new IllegalArgumentException("statusPath is '" + statusPath + "'; it starts with /, as pm.status_path does");
        }
        if (dnsTtl.isNegative()) {
            throw new IllegalArgumentException("dnsTtl is negative");
        }
        if (connectTimeout.isNegative()) {
            throw new IllegalArgumentException("connectTimeout is negative");
        }
        if (responseTimeout.isNegative()) {
            throw new IllegalArgumentException("responseTimeout is negative");
        }
        responseTimeoutFor.forEach((path, limit) -> {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("responseTimeoutFor." + path + ": a path starts with /");
            }
        });
    }

    /** The same with other values for these. */
    public UpstreamSettings with(@Nullable String otherTarget, Duration connecting, Duration responding) {
        return new UpstreamSettings(otherTarget, balance, statusPath, dnsTtl, connecting, responding, responseTimeoutFor);
    }

    /** The same with another status page; null: none. */
    public UpstreamSettings withStatusPath(@Nullable String other) {
        return new UpstreamSettings(target, balance, other, dnsTtl, connectTimeout, responseTimeout, responseTimeoutFor);
    }

    /** The same with the others' values for what can be changed while requests are under way. */
    public UpstreamSettings takingOn(UpstreamSettings other) {
        return new UpstreamSettings(other.target, balance, statusPath, other.dnsTtl, other.connectTimeout, other.responseTimeout,
                other.responseTimeoutFor);
    }

    /** How long PHP may be silent for a URL: {@code rawPath} is its path below the context, still encoded. */
    public Duration responseTimeout(String rawPath) {
        String longest = null;
        for (String path : responseTimeoutFor.keySet()) {
            if (isAtOrBelow(path, rawPath) && (longest == null || path.length() > longest.length())) {
                longest = path;
            }
        }
        return longest == null ? responseTimeout : Objects.requireNonNull(responseTimeoutFor.get(longest));
    }

    /** Whether both name one and the same PHP-FPM, as far as their spelling tells; a private one is nobody else's. */
    public boolean meets(UpstreamSettings other) {
        List<Address> theirs = other.addresses();
        return addresses().stream().anyMatch(theirs::contains);
    }

    private List<Address> addresses() {
        return target == null || target.equals(PRIVATE) ? List.of() : Target.list(target).stream().map(Target::address).toList();
    }

    private static boolean isAtOrBelow(String path, String rawPath) {
        return rawPath.startsWith(path)
                && (path.endsWith("/") || rawPath.length() == path.length() || rawPath.charAt(path.length()) == '/');
    }
}
