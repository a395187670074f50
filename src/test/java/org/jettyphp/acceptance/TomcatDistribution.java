package org.jettyphp.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jettyphp.peers.Trees;

/** A Tomcat as it is distributed, with a base of its own. */
final class TomcatDistribution {

    private static final Pattern READY =
            Pattern.compile("Starting ProtocolHandler \\[\"http-nio-127\\.0\\.0\\.1-auto-\\d+-(\\d+)\"]\\R(?s:.*)Server startup");

    private TomcatDistribution() {}

    /** Puts the application into {@code webapps} and starts. */
    static WayOfUse start(JettyDistribution.Unpacker application, Set<WayOfUse.Capability> capabilities) throws Exception {
        return start("app", application, capabilities);
    }

    /** The same under a name that is its context path; {@link JettyDistribution#ROOT} has none. */
    static WayOfUse start(String name, JettyDistribution.Unpacker application, Set<WayOfUse.Capability> capabilities) throws Exception {
        Path base = Trees.create();
        for (String directory : List.of("conf", "webapps", "logs", "temp", "work")) {
            Files.createDirectories(base.resolve(directory));
        }
        Path home = Path.of(System.getProperty("tomcat.home"));
        for (String file : List.of("web.xml", "logging.properties", "catalina.properties")) {
            Files.copy(home.resolve("conf").resolve(file), base.resolve("conf").resolve(file));
        }
        Files.writeString(base.resolve("conf/server.xml"), """
                <Server port="-1"><Service name="Catalina">
                  <Connector port="0" address="127.0.0.1" protocol="HTTP/1.1" maxPostSize="-1" maxKeepAliveRequests="-1">
                    <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"/>
                  </Connector>
                  <Engine name="Catalina" defaultHost="localhost"><Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="false"/></Engine>
                </Service></Server>
                """);
        application.unpackTo(base.resolve("webapps/" + name));
        List<String> command = List.of(ServerProcess.java(), "-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager", "-Dcatalina.home=" + home, "-Dcatalina.base=" + base,
                "-Djava.io.tmpdir=" + base.resolve("temp"), "-cp",
                home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap", "start");
        return ServerProcess.start(new ServerProcess.Plan(base, command, Map.of(), READY,
                name.equals(JettyDistribution.ROOT) ? "" : "/" + name, capabilities));
    }
}
