package org.jettyphp.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.jettyphp.config.SettingDescription;
import org.jettyphp.config.SettingSource;
import org.jettyphp.pool.PoolSettings;
import org.jettyphp.script.ScriptSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code --add-modules=php-fpm} adds to a Jetty: one context, what its connectors lack, and time to stop. Called by {@code etc/jetty-php-fpm.xml} with the
 * properties of its ini.
 */
public final class JettyModule {

    private static final List<SettingDescription> SETTINGS = ServerSettings.reader().describe();

    private static final Set<String> GROUPS = SETTINGS.stream().filter(SettingDescription::group).map(SettingDescription::name)
            .collect(Collectors.toUnmodifiableSet());

    private static final Logger LOG = LoggerFactory.getLogger(JettyModule.class);

    private JettyModule() {}

    /**
     * Adds the context to a server that has not been started.
     *
     * @param base what relative directories are relative to: jetty.base
     * @param properties settings by their names, null for those that are not set; a group is one value, {@code NAME=value;NAME=value}
     * @throws org.jettyphp.config.SettingsException with every setting that cannot be used
     */
    public static void addTo(Server server, String base, Map<String, @Nullable String> properties) throws IOException {
        addTo(server, base, properties, System.getProperty("sun.java.command", ""));
    }

    static void addTo(Server server, String base, Map<String, @Nullable String> properties, String command) throws IOException {
        Map<String, String> values = new HashMap<>();
        properties.forEach((name, value) -> put(name, value, values));
        ModuleIni.unasked(Path.of(base), command, properties.keySet()).forEach((name, value) -> values.put(unknown(name), value));
        String root = values.getOrDefault("documentRoot", "");
        Path directory = Path.of(base).resolve(root).normalize();
        if (root.isEmpty() || !Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "php-fpm module: php.documentRoot=" + root + " is no directory (" + directory + "); set it in start.d/php-fpm.ini");
        }
        values.put("documentRoot", directory.toString());
        Application application = Application.of(
                List.of(new SettingSource(SettingSource.Kind.FILE, "the php-fpm module's ini or on start.jar's command line", values),
                        ServerSettings.OF_A_DIRECTORY),
                ServerSettings.reader()::read);
        application.announcement().forEach(line -> LOG.info("{}", line));
        Path served = Objects.requireNonNull(application.settings().get(ScriptSettings.class).documentRoot());
        ServerSettings settings = application.settings().get(ServerSettings.class);
        ServletContextHandler context =
                ApplicationContext.create(served.toRealPath(), settings.contextPath(), application.sources(), false);
        add(server, context);
        server.setHandler(new Draining(server.getHandler(), () -> {}));
        server.addEventListener(new ContainersConnectors(settings.trustedProxies()));
        server.addEventListener(new ContainersStop(context.getServletContext(),
                application.settings().get(PoolSettings.class).stopTimeout()));
    }

    /** The name, which the reader then refuses; what it knows and the module has not, or has in another spelling, is refused here. */
    private static String unknown(String name) {
        String group = name.replaceFirst("\\..*", "");
        if (GROUPS.contains(group)) {
            throw new IllegalArgumentException("php-fpm module: php." + name + " is written php." + group + "=NAME=value;NAME=value");
        }
        if (SETTINGS.stream().anyMatch(setting -> setting.name().equals(name))) {
            throw new IllegalArgumentException("php-fpm module: php." + name
                    + " is no setting of the module's but of the main class; a Jetty has its own, in the ini files of its modules");
        }
        return name;
    }

    private static void put(String name, @Nullable String value, Map<String, String> values) {
        if (value == null || value.isBlank()) {
            return;
        }
        if (!GROUPS.contains(name)) {
            values.put(name, value);
            return;
        }
        for (String entry : value.split(";")) {
            int equals = entry.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(
                        "php-fpm module: php." + name + " is written NAME=value;NAME=value, and not '" + entry + "'");
            }
            values.put(name + "." + entry.substring(0, equals).strip(), entry.substring(equals + 1).strip());
        }
    }

    private static void add(Server server, ServletContextHandler context) {
        ContextHandlerCollection contexts = server.getDescendant(ContextHandlerCollection.class);
        if (contexts != null) {
            contexts.addHandler(context);
        } else if (server.getHandler() == null) {
            server.setHandler(context);
        } else {
            server.setHandler(new Handler.Sequence(context, server.getHandler()));
        }
    }
}
