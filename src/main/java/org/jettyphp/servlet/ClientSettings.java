package org.jettyphp.servlet;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** Which hosts a client may ask for, how long it may take, and what becomes of PHP when it leaves. */
public record ClientSettings(
        @Setting(text = "Names that this application has, such as example.org *.example.org; a request for another Host gets 421, one without Host 400. "
                + "Without a port; case does not matter. Default: every name")
        List<String> hosts,
        @Setting(byDefault = "30s", text = "How long an upload may bring nothing; then 408. 0: without limit. In a foreign container its own limit may come first")
        Duration bodyTimeout,
        @Setting(byDefault = "500", text = "Fewest bytes a second that an upload may bring on average, bodyTimeout aside; a slower one gets 408. "
                + "0, or bodyTimeout=0: without limit")
        long minBodyRate,
        @Setting(byDefault = "60s", text = "How long a client may read nothing of its answer; then its connection is closed. 0: without limit. "
                + "In a foreign container its own limit may come first")
        Duration sendTimeout,
        @Setting(byDefault = "0", text = "How long a request may take in all, from its head to the last byte of the answer; then 504, or an aborted answer. "
                + "0: without limit")
        Duration requestTimeout,
        @Setting(text = "What becomes of a script whose client has left: stop ends it at its next output, finish lets it run to its end, also if it has not begun yet, unless the client has gone with a reset. "
                + "Default: stop for GET and HEAD, finish for the rest")
        @Nullable OnClientAbort onClientAbort) {

    /** What becomes of a script whose client has left. */
    public enum OnClientAbort {
        /** PHP's next output fails; {@code connection_aborted()} is true then. */
        STOP,
        /**
         * It runs to its end, and its output is dropped; also if it waits for a worker, unless the client has gone with a reset. An application may call itself without waiting for the
         * answer, as WordPress does for its scheduled tasks.
         */
        FINISH
    }

    /** @throws IllegalArgumentException if a value cannot be used; the message begins with the setting's name and says what to change */
    public ClientSettings {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        for (String host : hosts) {
            if (!host.matches("(\\*\\.)?[a-z0-9_]([a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+]")) {
                throw new IllegalArgumentException("hosts has '" + host + "'; write names without a port: example.org, or *.example.org for every "
                        + "name below it");
            }
        }
        checkNotNegative("bodyTimeout", bodyTimeout);
        if (minBodyRate < 0) {
            throw new IllegalArgumentException("minBodyRate is negative");
        }
        checkNotNegative("sendTimeout", sendTimeout);
        checkNotNegative("requestTimeout", requestTimeout);
    }

    private static void checkNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is negative");
        }
    }

    /** Whether the application has this name. */
    boolean knows(String serverName) {
        String name = serverName.toLowerCase(Locale.ROOT);
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return hosts.isEmpty() || hosts.stream().anyMatch(host -> host.startsWith("*.") ? bare.endsWith(host.substring(1)) : bare.equals(host));
    }

    /** Whether a script of this method ends when its client has left. */
    boolean stops(String method) {
        return onClientAbort != null ? onClientAbort == OnClientAbort.STOP : method.equals("GET") || method.equals("HEAD");
    }

    /** How slowly an upload may come. */
    Silence uploading() {
        return new Silence(bodyTimeout, bodyTimeout.isZero() ? 0 : minBodyRate, System::nanoTime);
    }

    /** The longest that a client may be silent in one phase, in milliseconds; 0: without limit. For the server around us, which must not be stricter. */
    public long longestSilenceMillis() {
        return bodyTimeout.isZero() || sendTimeout.isZero() ? 0 : Math.max(bodyTimeout.toMillis(), sendTimeout.toMillis());
    }
}
