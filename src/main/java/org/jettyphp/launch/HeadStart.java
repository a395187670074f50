package org.jettyphp.launch;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What of the JDK takes long to begin with, a tenth of a second each, and Jetty 12.1.10 asks for as it is made: begun beside the reading of
 * the settings. The JDK's own classes alone, which expect several threads; two that begin with the same of an application's classes from
 * different ends could wait for each other.
 */
final class HeadStart {

    private HeadStart() {}

    /** Returns at once. */
    static void begin() {
        Thread beside = new Thread(() -> {
            // For org.eclipse.jetty.util.MemoryUtils, and for our own beans.
            ManagementFactory.getPlatformMBeanServer();
            // For org.eclipse.jetty.http.MimeTypes.
            Locale.getAvailableLocales();
        }, "head-start");
        beside.setDaemon(true);
        beside.start();
    }
}
