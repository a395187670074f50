package org.jettyphp.upstream;

import java.io.IOException;
import org.jettyphp.events.ExchangeEnd;

/** A request that PHP-FPM did not answer. The message says what was tried, where, as which user, and what to change. */
public final class UpstreamException extends IOException {

    private static final long serialVersionUID = 1;

    /** What it means for the request. */
    public enum Kind {
        /** Nobody could be reached, or no worker took the request: PHP has not begun. */
        UNREACHABLE(ExchangeEnd.UNREACHABLE),
        /** The worker died, or answered with what is not FastCGI. */
        BROKEN(ExchangeEnd.BROKEN),
        /** Nothing came within {@code responseTimeout}. */
        TIMED_OUT(ExchangeEnd.TIMED_OUT),
        /** Nothing had come when its host was found to be out of reach; PHP may have begun. */
        OUT_OF_REACH(ExchangeEnd.TIMED_OUT),
        /** FCGI_OVERLOADED. */
        OVERLOADED(ExchangeEnd.OVERLOADED),
        /** We ended it ourselves. */
        ABORTED(ExchangeEnd.ABORTED);

        private final ExchangeEnd end;

        Kind(ExchangeEnd end) {
            this.end = end;
        }

        /** The same for whoever listens. */
        ExchangeEnd end() {
            return end;
        }
    }

    private final Kind kind;

    UpstreamException(Kind kind, String message, IOException cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
