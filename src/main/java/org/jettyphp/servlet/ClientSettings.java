package org.jettyphp.servlet;

import java.time.Duration;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** How long a client may take, and what becomes of PHP when one leaves. */
public record ClientSettings(
        @Setting(byDefault = "30s", text = "How long an upload may bring nothing; then 408. 0: without limit. In a foreign container its own limit may come first")
        Duration bodyTimeout,
        @Setting(byDefault = "60s", text = "How long a client may read nothing of its answer; then its connection is closed. 0: without limit. "
                + "In a foreign container its own limit may come first")
        Duration sendTimeout,
        @Setting(byDefault = "0", text = "How long a request may take in all, from its head to the last byte of the answer; then 504, or an aborted answer. "
                + "0: without limit")
        Duration requestTimeout,
        @Setting(text = "What becomes of a script whose client has left: stop ends it at its next output, finish lets it run to its end, also if it has not begun yet. "
                + "Default: stop for GET and HEAD, finish for the rest")
        @Nullable OnClientAbort onClientAbort) {

    /** What becomes of a script whose client has left. */
    public enum OnClientAbort {
        /** PHP's next output fails; {@code connection_aborted()} is true then. */
        STOP,
        /**
         * It runs to its end, and its output is dropped; also if it waits for a worker. An application may call itself without waiting for the
         * answer, as WordPress does for its scheduled tasks.
         */
        FINISH
    }

    public ClientSettings {
        checkNotNegative("bodyTimeout", bodyTimeout);
        checkNotNegative("sendTimeout", sendTimeout);
        checkNotNegative("requestTimeout", requestTimeout);
    }

    private static void checkNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is negative");
        }
    }

    /** Whether a script of this method ends when its client has left. */
    boolean stops(String method) {
        return onClientAbort != null ? onClientAbort == OnClientAbort.STOP : method.equals("GET") || method.equals("HEAD");
    }

    /** The longest that a client may be silent in one phase, in milliseconds; 0: without limit. For the server around us, which must not be stricter. */
    public long longestSilenceMillis() {
        return bodyTimeout.isZero() || sendTimeout.isZero() ? 0 : Math.max(bodyTimeout.toMillis(), sendTimeout.toMillis());
    }
}
