package org.jettyphp.launch;

import org.eclipse.jetty.util.Jetty;

/** What {@code --version} says. */
final class Version {

    private Version() {}

    static String text() {
        String own = Version.class.getPackage().getImplementationVersion();
        return "jetty-php-fpm " + (own == null ? "(not packaged)" : own) + ", Jetty " + Jetty.VERSION + ", Java " + Runtime.version();
    }
}
