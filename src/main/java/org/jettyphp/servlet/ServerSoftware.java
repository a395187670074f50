package org.jettyphp.servlet;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** What PHP sees as SERVER_SOFTWARE, as in {@code jetty-php-fpm/1.0 (jetty/12.1.10)}. */
final class ServerSoftware {

    private ServerSoftware() {}

    static String of(ServletContext context) {
        @Nullable String version = ServerSoftware.class.getPackage().getImplementationVersion();
        return "jetty-php-fpm" + (version == null ? "" : "/" + version) + " (" + context.getServerInfo() + ")";
    }
}
