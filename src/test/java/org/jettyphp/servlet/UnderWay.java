package org.jettyphp.servlet;

import jakarta.servlet.ServletContext;
import org.jettyphp.buffer.SpoolSpace;

/** Looks at what an application has under way, which no client can see. */
public final class UnderWay {

    private UnderWay() {}

    /** How many requests wait for a worker. */
    public static int waiting(ServletContext application) {
        return context(application).upstreams().main().slots().usage().waiting();
    }

    /** How many slots there are. */
    public static int slots(ServletContext application) {
        return context(application).upstreams().main().slots().usage().slots();
    }

    /** How many slots are taken. */
    public static int busy(ServletContext application) {
        return context(application).upstreams().main().slots().usage().busy();
    }

    /** How many asynchronous requests are held until they end. */
    public static int requests(ServletContext application) {
        return context(application).watch().size();
    }

    /** How many bytes of bodies are held, in memory and on disk. */
    public static long spooled(ServletContext application) {
        SpoolSpace.Usage usage = context(application).space().usage();
        return usage.inMemory() + usage.onDisk();
    }

    private static PhpContext context(ServletContext application) {
        return (PhpContext) application.getAttribute(PhpContext.class.getName());
    }
}
