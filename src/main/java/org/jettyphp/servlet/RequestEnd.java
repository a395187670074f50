package org.jettyphp.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an asynchronous request, which several may want at once: the exchange that has come to its end, the watch whose limit has
 * passed, the container whose client has gone. The first one decides, and afterwards nobody touches request or response again: the container
 * may have given them to somebody else.
 */
final class RequestEnd {

    /** nginx's status for a client who has left; nobody gets it, the access log shows it. */
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private static final Logger LOG = LoggerFactory.getLogger(RequestEnd.class);

    private final AsyncContext async;
    private final WayBack wayBack;
    private final Runnable before;

    /** Held while request or response is touched. Guards {@link #over}; nothing that can wait happens under it. */
    private final Object alive = new Object();

    private boolean over;

    /** Something done to request or response. */
    interface Touch {
        void now() throws IOException;
    }

    /**
     * Not ended yet.
     *
     * @param wayBack leads back to our filter or servlet: an answer is failed from there
     * @param before what is to be done at the last moment at which the request is surely ours
     */
    RequestEnd(AsyncContext async, WayBack wayBack, Runnable before) {
        this.async = async;
        this.wayBack = wayBack;
        this.before = before;
    }

    /** Does it, unless the request has ended. */
    void whileAlive(Touch touch) throws IOException {
        synchronized (alive) {
            if (!over) {
                touch.now();
            }
        }
    }

    /** The container has ended it. */
    void over() {
        synchronized (alive) {
            over = true;
        }
    }

    /** As a complete answer; whether this was the first to end it. */
    boolean complete() {
        return last(async::complete);
    }

    /** With what a thread of the container sends, in a dispatch back into our filter or servlet: a file, or an error page. */
    boolean returns(String attribute, Object what) {
        return last(() -> {
            ServletRequest request = async.getRequest();
            // Where the application is being stopped nobody answers the dispatch, and the container's default is 200.
            ((HttpServletResponse) async.getResponse()).setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            request.setAttribute(attribute, what);
            async.dispatch(request.getServletContext(), wayBack.path());
        });
    }

    /**
     * As a failed answer: a clean end cannot be taken back from here, an error page cannot be sent, so both happen in a dispatch back into
     * our filter or servlet. Where that is not possible any more the error goes out from here, without a page. The dispatch of an answer
     * that has begun then fails in the container, which aborts it all the same.
     *
     * @param begun whether the head of an answer has been handed to the container
     */
    boolean failed(Failure why, boolean begun) {
        return last(() -> {
            if (begun || wayBack.isOpen()) {
                dispatch(why, begun);
            } else {
                refuse(why);
            }
        });
    }

    /** On a thread of ours, and so short that it does not wait. */
    private void refuse(Failure why) throws IOException {
        try {
            FailedAnswer.withoutPage(why, (HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse());
        } finally {
            async.complete();
        }
    }

    /** For a client who is known to have left, which the container does not know yet. */
    boolean left(Failure why, boolean begun) {
        return last(() -> {
            showClosed(begun);
            dispatch(why, begun);
        });
    }

    /** For a client who cannot be reached any more. */
    boolean broken(boolean begun) {
        return last(() -> {
            showClosed(begun);
            async.complete();
        });
    }

    private boolean last(Touch touch) {
        synchronized (alive) {
            if (over) {
                return false;
            }
            over = true;
            try {
                before.run();
                touch.now();
            } catch (IOException | IllegalStateException overAlready) {
                LOG.debug("The container has ended the request already", overAlready);
            } catch (UnsupportedOperationException undeployed) {
                LOG.debug("The container dispatches no more, and aborts the answer itself", undeployed);
            }
            return true;
        }
    }

    private void dispatch(Failure why, boolean begun) {
        ServletRequest request = async.getRequest();
        if (!begun) {
            // Where the application is being stopped nobody answers the dispatch, and the container's default is 200.
            ((HttpServletResponse) async.getResponse()).setStatus(why.status());
        }
        request.setAttribute(FailedAnswer.ATTRIBUTE, why);
        request.setAttribute(FailedAnswer.BEGUN, begun ? "begun" : null);
        async.dispatch(request.getServletContext(), wayBack.path());
    }

    private void showClosed(boolean begun) {
        async.getRequest().setAttribute(Timings.STATUS, Integer.toString(CLIENT_CLOSED_REQUEST));
        if (!begun) {
            ((HttpServletResponse) async.getResponse()).setStatus(CLIENT_CLOSED_REQUEST);
        }
    }
}
