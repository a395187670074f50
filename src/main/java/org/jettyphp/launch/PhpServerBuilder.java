package org.jettyphp.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.SettingSource.Kind;
import org.jettyphp.config.SettingsException;
import org.jettyphp.events.PhpListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Describes a {@link PhpServer}: the usual settings by methods of their own, every other one by its name. */
public final class PhpServerBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(PhpServerBuilder.class);

    private final Path directory;
    private final Map<String, String> values = new HashMap<>();
    private final List<PhpListener> listeners = new ArrayList<>();

    PhpServerBuilder(Path directory) {
        this.directory = directory;
    }

    /** Where PHP-FPM listens; without it a private one is started. */
    public PhpServerBuilder target(String target) {
        return set("target", target);
    }

    /** Default: 8080; 0 picks a free one. */
    public PhpServerBuilder port(int port) {
        return set("port", Integer.toString(port));
    }

    /** Default: 127.0.0.1. */
    public PhpServerBuilder host(String host) {
        return set("host", host);
    }

    /** What answers a URL that is no file; default: nothing. */
    public PhpServerBuilder fallback(String fallback) {
        return set("fallback", fallback);
    }

    /** Most connections to PHP-FPM, which ought to be its pm.max_children; default: 32. */
    public PhpServerBuilder maxConnections(int connections) {
        return set("maxConnections", Integer.toString(connections));
    }

    /** How long PHP may be silent; default: 60 s. */
    public PhpServerBuilder responseTimeout(Duration limit) {
        return set("responseTimeout", limit.toMillis() + "ms");
    }

    /** One who hears what happens on the way to PHP; may be called several times. */
    public PhpServerBuilder listener(PhpListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Any setting of the settings table, by its name in camelCase; checked when the server is built. */
    public PhpServerBuilder set(String name, String value) {
        values.put(name, value);
        return this;
    }

    /**
     * Checks everything; nothing is started yet.
     *
     * @throws SettingsException with every setting that cannot be used
     * @throws IOException if there is no such directory, or the access log cannot be written
     */
    public PhpServer build() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        values.putIfAbsent("target", "private");
        values.put("documentRoot", directory.toAbsolutePath().toString());
        Served served =
                Served.of(List.of(new SettingSource(Kind.FILE, "PhpServerBuilder", Map.copyOf(values)), ServerSettings.OF_A_DIRECTORY),
                        ServerSettings.reader()::read);
        served.announcements().forEach(line -> LOG.info("{}", line));
        PhpServer server = new PhpServer(served, served.files(), true);
        listeners.forEach(server::add);
        return server;
    }
}
