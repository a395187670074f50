package org.jettyphp.launch;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, which without this ends a Java program. It comes from {@code kill -HUP} or a service manager to have the configuration read anew,
 * and from a terminal that is closed: then, as from Ctrl-C, the program ends. Under {@code nohup} it stays ignored.
 */
final class HangUp {

    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);
    private static final String TERMINAL = "/dev/tty";

    /** As the JVM itself: 128 and the number of the signal. */
    private static final int EXIT_STATUS = 129;

    private final boolean hadTerminal = hasTerminal();
    private final Runnable reload;

    private HangUp(Runnable reload) {
        this.reload = reload;
    }

    /** Runs {@code reload} from now on, on a thread of the JVM's own, when the signal comes. */
    static void listen(Runnable reload) {
        try {
            new HangUp(reload).listen();
        } catch (ReflectiveOperationException | IllegalArgumentException ignored) {
            LOG.debug("SIGHUP is not for us: ignored since the start (nohup), -Xrs, or a JVM without signals", ignored);
        }
    }

    /** By reflection: the only class for it, sun.misc.Signal of the module jdk.unsupported, cannot be named without a warning of javac. */
    private void listen() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Runnable came = this::came;
        MethodHandle run = MethodHandles.lookup().findVirtual(Runnable.class, "run", MethodType.methodType(void.class)).bindTo(came);
        Object ours = MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
        signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
    }

    private void came() {
        if (hadTerminal && !hasTerminal()) {
            System.exit(EXIT_STATUS);
        }
        reload.run();
    }

    /** The kernel takes it away before it says that it is gone. */
    private static boolean hasTerminal() {
        try (InputStream terminal = new FileInputStream(TERMINAL)) {
            return true;
        } catch (IOException none) {
            return false;
        }
    }
}
