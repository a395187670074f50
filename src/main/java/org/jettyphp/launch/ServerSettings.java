package org.jettyphp.launch;

import java.util.ArrayList;
import java.util.List;
import org.jettyphp.servlet.PhpApplication;
import org.jettyphp.setting.Setting;

/** The embedded server itself. */
public record ServerSettings(
        @Setting(byDefault = "127.0.0.1", text = "Address to listen on; 0.0.0.0 or [::] for all of the machine's")
        String host,
        @Setting(byDefault = "8080", text = "Port to listen on, for HTTP/1.1 and cleartext HTTP/2; 0 picks a free one")
        int port,
        @Setting(byDefault = "/", text = "Path under which the application appears")
        String contextPath,
        @Setting(byDefault = "-", text = "File the access log is appended to; - for standard output, off for none. Combined format and: milliseconds in the queue, in PHP-FPM and in all, request id")
        String accessLog,
        @Setting(byDefault = "/-/health", text = "Path that answers 200 while the server is up, without asking PHP; off for none")
        String healthPath) {

    private static final String OFF = "off";

    public ServerSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port is " + port + "; it lies between 0 and 65535");
        }
        if (!contextPath.startsWith("/") || contextPath.length() > 1 && contextPath.endsWith("/")) {
            throw new IllegalArgumentException("contextPath is '" + contextPath + "'; it starts with / and does not end with one");
        }
        if (!healthPath.equals(OFF) && !healthPath.startsWith("/")) {
            throw new IllegalArgumentException("healthPath is '" + healthPath + "'; it starts with /, or is 'off'");
        }
    }

    /** The records of the server and of the application it serves. */
    static List<Class<? extends Record>> withApplications() {
        List<Class<? extends Record>> records = new ArrayList<>(List.of(ServerSettings.class));
        records.addAll(PhpApplication.SETTINGS);
        return records;
    }

    boolean logsAccess() {
        return !accessLog.equals(OFF);
    }

    boolean answersHealth() {
        return !healthPath.equals(OFF);
    }

    /** Jetty wants an IPv6 address without its brackets. */
    String bindHost() {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
