package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.jettyphp.peers.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A WAR that is taken out of a container that goes on, by removing its context file, with one request under way and one in the queue. */
class UndeployIT {

    private Path root;
    private Path contextFile;
    private RealFpm fpm;
    private WayOfUse container;

    enum Container {
        JETTY {
            @Override
            Path deploy(Path webapps, Path application) throws Exception {
                Files.writeString(webapps.resolveSibling("start.d/scan.ini"), "jetty.deploy.scanInterval=1\n");
                return Trees.write(webapps, "app.xml", "<!DOCTYPE Configure PUBLIC \"-//Jetty//Configure//EN\" "
                        + "\"https://jetty.org/configure_10_0.dtd\"><Configure class=\"org.eclipse.jetty.ee11.webapp.WebAppContext\">"
                        + "<Set name=\"contextPath\">/app</Set><Set name=\"war\">" + application + "</Set></Configure>");
            }

            @Override
            WayOfUse start(JettyDistribution.Unpacker unpacker) throws Exception {
                return JettyDistribution.start(unpacker, Set.of());
            }
        },
        TOMCAT {
            @Override
            Path deploy(Path webapps, Path application) throws Exception {
                Path server = webapps.resolveSibling("conf/server.xml");
                Files.writeString(server, Files.readString(server).replace("autoDeploy=\"false\"", "autoDeploy=\"true\"")
                        .replace("<Engine ", "<Engine backgroundProcessorDelay=\"1\" "));
                return Trees.write(webapps.resolveSibling("conf/Catalina/localhost"), "app.xml",
                        "<Context docBase=\"" + application + "\"/>");
            }

            @Override
            WayOfUse start(JettyDistribution.Unpacker unpacker) throws Exception {
                return TomcatDistribution.start(unpacker, Set.of());
            }
        };

        /** Declares the application; without the file that this makes it is undeployed. */
        abstract Path deploy(Path webapps, Path application) throws Exception;

        abstract WayOfUse start(JettyDistribution.Unpacker unpacker) throws Exception;
    }

    @BeforeEach
    void createRoot() throws Exception {
        root = Trees.create();
        Trees.copy(Path.of("src/test/php"), root.resolve("php"));
        Files.setPosixFilePermissions(Files.createDirectory(root.resolve("state")), PosixFilePermissions.fromString("rwxrwxrwx"));
        fpm = RealFpm.onUnixSocket(Map.of("pm.max_children", "1"));
    }

    @AfterEach
    void stop() throws Exception {
        if (container != null) {
            container.close();
        }
        fpm.close();
        Trees.delete(root);
    }

    private void start(Container in, String stopTimeout) throws Exception {
        Path application = root.resolve("application");
        container = in.start(directory -> {
            WebApplication.byFragment(root.resolve("php"), application,
                    Map.of("target", fpm.target(), "maxConnections", "1", "stopTimeout", stopTimeout,
                            "interceptErrors", "true", "errorPage.4xx", "/hello.php"));
            contextFile = in.deploy(directory.getParent(), application);
        });
        assertEquals("Hello, World!", RawHttp.get(container.port(), "/app/hello.php").body(), container.log());
    }

    private String counting() {
        return "/app/count.php?count=" + state("count") + "&until=" + state("until") + "&ended=" + state("ended");
    }

    private Path state(String name) {
        return root.resolve("state").resolve(name);
    }

    private boolean isGone() throws Exception {
        int status = RawHttp.get(container.port(), "/app/static.txt").status();
        return status == 404 || status == 503;
    }

    @ParameterizedTest
    @EnumSource
    void whatRunsAndWhatWaitsIsAnswered(Container in) throws Exception {
        start(in, "20s");
        try (RawHttp first = new RawHttp(container.port()); RawHttp second = new RawHttp(container.port())) {
            first.send("GET", counting(), "");
            Until.true_("it runs", () -> Files.exists(state("count")));
            second.send("POST", "/app/hello.php", "x=1");
            Files.delete(contextFile);
            Until.true_("it is being undeployed", this::isGone);
            Files.createFile(state("until"));
            Reply reply = first.read();
            Reply waited = second.read();
            assertEquals("counted", reply.body(), container.log());
            assertEquals("Hello, World!", waited.body(), container.log());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTakesTooLongIsRefused(Container in) throws Exception {
        start(in, "500ms");
        try (RawHttp first = new RawHttp(container.port()); RawHttp second = new RawHttp(container.port())) {
            first.send("GET", counting(), "");
            Until.true_("it runs", () -> Files.exists(state("count")));
            second.send("POST", "/app/hello.php", "x=1");
            Files.delete(contextFile);
            for (RawHttp client : new RawHttp[] {first, second}) {
                Reply reply = client.read();
                assertEquals(503, reply.status(), reply + container.log());
                assertEquals("Error 503\n", reply.body());
                assertEquals("2", reply.header("Retry-After"));
            }
            assertFalse(Files.exists(state("ended")), "they have not waited for the script");
        }
        Until.true_("it is gone", this::isGone);
        String log = container.log();
        for (String path : List.of("GET /app/count.php", "POST /app/hello.php")) {
            assertTrue(
                    log.lines().anyMatch(line -> line.contains("503 " + path) && line.matches(".*: the application is (being )?stopped.*")),
                    log);
        }
        assertFalse(log.contains("Exception") || log.contains("NoClassDefFoundError"), log);
    }

    /** Tomcat does so too, but not always: see stopping.md. */
    @ParameterizedTest
    @EnumSource(names = "JETTY")
    void anAnswerThatIsNotFinishedInTimeIsAborted(Container in) throws Exception {
        start(in, "500ms");
        try (RawHttp http = new RawHttp(container.port())) {
            http.send("GET", "/app/flush.php?until=" + state("until"), "").watchedBy(bytes -> Files.deleteIfExists(contextFile));
            Reply reply = http.read();
            assertEquals("data: one\n\n", reply.body(), container.log());
            assertFalse(reply.complete(), "it must not look whole");
        }
        assertFalse(container.log().contains("NoClassDefFoundError"), container.log());
    }

    /** An error page would be PHP's to make, or the container's, which does not ask us any more. */
    @ParameterizedTest
    @EnumSource
    void whatPhpAnswersInTheEndNeedsNoWayBack(Container in) throws Exception {
        start(in, "20s");
        Trees.write(root.resolve("application"), "late.php",
                "<?php file_put_contents($_GET['count'], 'x'); while (!file_exists($_GET['until'])) { usleep(10000); clearstatcache(); } "
                        + "http_response_code(418); echo 'late';");
        try (RawHttp http = new RawHttp(container.port())) {
            http.send("GET", "/app/late.php?count=" + state("count") + "&until=" + state("until"), "");
            Until.true_("it runs", () -> Files.exists(state("count")));
            Files.delete(contextFile);
            Until.true_("it is being undeployed", this::isGone);
            Files.createFile(state("until"));
            Reply reply = http.read();
            assertEquals(418, reply.status(), container.log());
            assertEquals("late", reply.body());
        }
    }
}
