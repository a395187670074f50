package org.jettyphp.events;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners of an application what happened. Any thread, with no lock held. */
public final class Events {

    /** Nobody listens. */
    public static final Events UNHEARD = new Events(List.of());

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final PhpListener[] listeners;

    /** They are told in this order. */
    public Events(List<? extends PhpListener> listeners) {
        this.listeners = listeners.toArray(PhpListener[]::new);
    }

    /** Calls one method of each listener; what one throws is logged and neither the request nor the next listener is harmed. */
    public void tell(Consumer<PhpListener> what) {
        for (PhpListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException | Error broken) {
                LOG.error("The listener {} threw", listener.getClass().getName(), broken);
            }
        }
    }
}
