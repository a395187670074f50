package org.jettyphp.fastcgi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An exchange that did not come to its END_REQUEST. */
public final class ExchangeException extends IOException {

    private static final long serialVersionUID = 1;

    /** What went wrong, whoever it was. */
    public enum Kind {
        /** The other side closed or reset the connection. */
        LOST,
        /** No byte came, or none was taken, within the limit. */
        TIMED_OUT,
        /** What came is not FastCGI, or not for this request. */
        NOT_FASTCGI,
        /** END_REQUEST with FCGI_OVERLOADED. */
        OVERLOADED,
        /** END_REQUEST with another protocol status: it does not understand what we want of it, nor we it. */
        REFUSED,
        /** We ended it: the client left or the server stops. */
        ABORTED,
        /** We gave it up, for another PHP-FPM to be asked: no byte of an answer had come. */
        FORSAKEN
    }

    private final Kind kind;
    private final boolean begun;
    private final boolean answered;
    private final boolean sent;

    ExchangeException(Kind kind, String message, Progress progress, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.begun = progress.written > 0;
        this.answered = progress.received > 0;
        this.sent = progress.sent;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether a byte of the request has been written: if not, PHP cannot have begun. */
    public boolean begun() {
        return begun;
    }

    /** Whether a byte of an answer has been read. */
    public boolean answered() {
        return answered;
    }

    /** Whether the whole request has been written. */
    public boolean sent() {
        return sent;
    }

    /** What has gone over the connection so far. */
    static final class Progress {
        long written;
        long received;
        boolean sent;
    }
}
