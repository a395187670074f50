package org.jettyphp.fpm;

import java.io.IOException;
import java.util.List;

/** How php-fpm and its supervisor are started. */
final class ChildProcess {

    private ChildProcess() {}

    /**
     * Starts it, its errors among its output. The JDK waits for its end on a thread that goes on with the next process of this JVM, and that up to
     * JDK 17 keeps the context class loader of whoever made it: a web application that is gone would stay in memory.
     */
    static Process start(List<String> command) throws IOException {
        Thread caller = Thread.currentThread();
        ClassLoader application = caller.getContextClassLoader();
        caller.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } finally {
            caller.setContextClassLoader(application);
        }
    }
}
