package org.jettyphp.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jettyphp.peers.Trees;

/** A Jetty as it is distributed, with a base of its own. */
final class JettyDistribution {

    static final Pattern READY = Pattern.compile("Started oejs.ServerConnector@\\w+\\{[^}]*}\\{127\\.0\\.0\\.1:(\\d+)}");

    static final String ROOT = "ROOT";

    private JettyDistribution() {}

    /** Puts the application into {@code webapps} and starts. */
    static WayOfUse start(Unpacker application, Set<WayOfUse.Capability> capabilities) throws Exception {
        return start("app", application, capabilities);
    }

    /** The same under a name that is its context path; {@link #ROOT} has none. */
    static WayOfUse start(String name, Unpacker application, Set<WayOfUse.Capability> capabilities) throws Exception {
        Path base = Trees.create();
        Files.createDirectories(base.resolve("webapps"));
        Files.createDirectories(base.resolve("start.d"));
        // Two files: behind an ee11 module, properties would belong to that environment and not to the server.
        Files.writeString(base.resolve("start.d/http.ini"), "--modules=http,http2c\njetty.http.host=127.0.0.1\njetty.http.port=0\n");
        Files.writeString(base.resolve("start.d/ee11-deploy.ini"), "--modules=ee11-deploy\n");
        application.unpackTo(base.resolve("webapps/" + name));
        return ServerProcess.start(new ServerProcess.Plan(base,
                List.of(ServerProcess.java(), "-jar", System.getProperty("jetty.home") + "/start.jar"), Map.of(), READY,
                name.equals(ROOT) ? "" : "/" + name, capabilities));
    }

    /** Makes the application. */
    interface Unpacker {
        void unpackTo(Path directory) throws Exception;
    }
}
