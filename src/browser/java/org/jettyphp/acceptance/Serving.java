package org.jettyphp.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jettyphp.config.SettingsFile;
import org.jettyphp.peers.Trees;

/** The ways in which an application is served, each with a private php-fpm and with nothing told that the documentation does not name. */
enum Serving {
    /** The main class, which is told the directory alone. */
    SERVE {
        @Override
        WayOfUse start(DebianApplication application, Path directory) throws Exception {
            List<String> command = List.of(ServerProcess.java(), "-jar", System.getProperty("standalone.jar"), "serve",
                    directory.toString(), "--port", "0");
            return ServerProcess.start(new ServerProcess.Plan(Trees.create(), command, Map.of(), MainClassIT.READY, "", Set.of()));
        }
    },
    JETTY_BASE {
        @Override
        WayOfUse start(DebianApplication application, Path directory) throws Exception {
            return JettyBase.start(directory, Map.of("target", UNSHARED, "preset", "auto"));
        }
    },
    WAR_IN_JETTY {
        @Override
        WayOfUse start(DebianApplication application, Path directory) throws Exception {
            return JettyDistribution.start(JettyDistribution.ROOT, target -> {
                // Without it a title with a percent sign is 400.
                Files.writeString(target.getParent().resolveSibling("start.d/uri.ini"),
                        Files.readString(Path.of("jetty-base/start.d/http.ini")).lines()
                                .filter(line -> line.startsWith("jetty.httpConfig.uriCompliance=")).findFirst().orElseThrow());
                unpack(application, directory, target);
            }, Set.of());
        }
    },
    WAR_IN_TOMCAT {
        @Override
        WayOfUse start(DebianApplication application, Path directory) throws Exception {
            return TomcatDistribution.start(JettyDistribution.ROOT, target -> {
                Path server = target.getParent().resolveSibling("conf/server.xml");
                // Without it %2F is 400.
                Files.writeString(server, Files.readString(server).replace("<Connector ",
                        "<Connector encodedSolidusHandling=\"passthrough\" "));
                unpack(application, directory, target);
            }, Set.of());
        }
    };

    private static final String UNSHARED = "private";

    abstract WayOfUse start(DebianApplication application, Path directory) throws Exception;

    /** A web application has no preset: what is in one is said in its web.xml. */
    private static void unpack(DebianApplication application, Path directory, Path target) throws Exception {
        String preset = "src/main/resources/org/jettyphp/launch/presets/" + application.preset() + ".properties";
        Map<String, String> settings = new HashMap<>(SettingsFile.values(Files.readString(Path.of(preset)), preset));
        settings.keySet().removeAll(Set.of("title", "roots", "knownBy"));
        settings.putAll(Map.of("target", UNSHARED, "htaccess", "true"));
        if (!application.publicPart().isEmpty()) {
            settings.put("documentRoot", application.publicPart());
        }
        WebApplication.byFragment(directory, target, settings);
    }
}
