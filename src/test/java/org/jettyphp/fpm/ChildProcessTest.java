package org.jettyphp.fpm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process that is started by a web application. */
class ChildProcessTest {

    @Test
    void noThreadThatWaitsForItsEndHoldsTheClassLoaderOfTheApplication() throws Exception {
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(new URL[0])) {
            caller.setContextClassLoader(application);
            Process process = ChildProcess.start(List.of("sleep", "60"));
            try {
                List<String> holding = Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread != caller && thread.getContextClassLoader() == application).map(Thread::getName).toList();
                assertEquals(List.of(), holding);
                assertEquals(application, caller.getContextClassLoader());
            } finally {
                process.destroy();
            }
        } finally {
            caller.setContextClassLoader(before);
        }
    }
}
