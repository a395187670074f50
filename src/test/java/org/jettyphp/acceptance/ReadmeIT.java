package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the README shows is run as it stands there; only places and ports are those of the test. */
class ReadmeIT {

    private static final String SHOWN_SOCKET = "/run/php/php8.2-fpm.sock";
    private static final String SHOWN_APPLICATION = "/srv/my-app";

    private Path root;
    private RealFpm fpm;

    @BeforeEach
    void start() throws Exception {
        root = Trees.create();
        Trees.write(root, "app/index.php", "<?php echo 'index';");
        Trees.write(root, "app/x.php", "<?php echo 'ran';");
        Trees.write(root, "blog/x.php", "<?php echo 'ran in the blog';");
        Trees.write(root, "shop/x.php", "<?php echo 'ran in the shop';");
        Trees.write(root, "shop.properties", "documentRoot = " + root.resolve("shop"));
        fpm = RealFpm.onUnixSocket(Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        fpm.close();
        Trees.delete(root);
    }

    private static List<String> blocks(String language) throws Exception {
        Matcher fenced = Pattern.compile("(?ms)^```" + language + "\\R(.*?)^```$").matcher(Files.readString(Path.of("README.md")));
        List<String> blocks = new ArrayList<>();
        while (fenced.find()) {
            blocks.add(fenced.group(1));
        }
        return blocks;
    }

    private List<String> commands(String beginning) throws Exception {
        List<String> commands = blocks("sh").stream().flatMap(String::lines).map(line -> line.replaceFirst("\\s+#.*", ""))
                .filter(line -> line.startsWith(beginning)).map(this::here).toList();
        assertTrue(!commands.isEmpty(), "the README shows no " + beginning);
        return commands;
    }

    private static String xml(String beginning) throws Exception {
        return blocks("xml").stream().filter(block -> block.startsWith(beginning)).findFirst().orElseThrow();
    }

    private String here(String text) {
        return text.replace(SHOWN_SOCKET, fpm.target()).replace(SHOWN_APPLICATION, root.resolve("app").toString())
                .replace("/srv/blog", root.resolve("blog").toString())
                .replace("/etc/shop.properties", root.resolve("shop.properties").toString())
                .replace("target/jetty-php-fpm-standalone.jar", System.getProperty("standalone.jar"));
    }

    private static WayOfUse run(Path directory, String command, Pattern ready) throws Exception {
        Map<String, String> environment = Map.of("JETTY_HOME", System.getProperty("jetty.home"), "PATH",
                Path.of(ServerProcess.java()).getParent() + ":" + System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home"));
        return ServerProcess.start(
                new ServerProcess.Plan(directory, List.of("bash", "-c", command), environment, ready, "", Set.of()));
    }

    private static void assertServes(WayOfUse way, String path, String body) throws Exception {
        assertTrue(RawHttp.get(way.port(), way.contextPath() + path).body().contains(body), way.log());
    }

    @Test
    void theCommandsOfTheMainClassServe() throws Exception {
        for (String command : commands("java -jar target/")) {
            if (command.endsWith("--help")) {
                Process help = new ProcessBuilder("bash", "-c", command).start();
                String said = new String(help.getInputStream().readAllBytes());
                assertEquals(0, help.waitFor());
                assertTrue(said.contains("--max-connections"), said);
                continue;
            }
            try (WayOfUse way = run(Trees.create(), "exec " + command + " --port 0", MainClassIT.READY)) {
                assertServes(way, "/x.php", "ran");
                if (command.contains("--site")) {
                    assertServes(way, "/shop/x.php", "ran in the shop");
                }
                if (command.contains("--fallback")) {
                    assertServes(way, "/no/such/file", "index");
                }
            }
        }
    }

    @Test
    void runServesADirectory() throws Exception {
        for (String command : commands("./run ")) {
            try (WayOfUse way = run(Trees.create(), "cd " + Path.of("").toAbsolutePath() + " && exec " + command + " --port 0",
                    MainClassIT.READY)) {
                assertServes(way, "/x.php", "ran");
            }
        }
    }

    /** Without a directory it is the example; as root PHP's workers must be ours too, for a clone may lie where others cannot enter. */
    @Test
    void runServesTheExample() throws Exception {
        assertTrue(blocks("sh").stream().flatMap(String::lines).anyMatch(line -> line.matches("\\./run( +#.*)?")));
        String asUs = System.getProperty("user.name").equals("root") ? " --user root" : "";
        try (WayOfUse way =
                run(Trees.create(), "cd " + Path.of("").toAbsolutePath() + " && exec ./run --port 0" + asUs, MainClassIT.READY)) {
            assertServes(way, "/", "PHP, served by Java");
        }
    }

    @Test
    void jettyBaseIsReadyToStart() throws Exception {
        // A copy, beside the example as in the repository: a clone may lie where PHP's workers cannot enter.
        Path place = Trees.create();
        Trees.copy(Path.of("webapp-example"), place.resolve("webapp-example"));
        Trees.copy(Path.of("jetty-base"), place.resolve("jetty-base"));
        String command = commands("cd jetty-base").get(0).replace("java -jar", "exec java -jar");
        try (WayOfUse way = run(place, command + " jetty.http.port=0", JettyDistribution.READY)) {
            assertServes(way, "/", "PHP, served by Java");
        }
    }

    private void unpack(Path target, String webXml) throws Exception {
        Trees.copy(root.resolve("app"), target);
        WebApplication.libraries(target.resolve("WEB-INF/lib"));
        Files.writeString(target.resolve("WEB-INF/web.xml"),
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\">" + webXml + "</web-app>");
    }

    @Test
    void theDependencyIsWhatIsBuiltHere() throws Exception {
        String coordinates = xml("<dependency>").strip().replaceAll("</?dependency>", "");
        assertTrue(Files.readString(Path.of("pom.xml")).replaceAll("\\s", "").contains(coordinates), coordinates);
    }

    @Test
    void theContextParamIsEnoughForAWar() throws Exception {
        String xml = here(xml("<context-param>"));
        try (WayOfUse way = JettyDistribution.start(target -> unpack(target, xml), Set.of())) {
            assertServes(way, "/x.php", "ran");
        }
    }

    @Test
    void theInitParamsWorkUnderNamesOfOnesOwn() throws Exception {
        try (RealFpm tcp = RealFpm.onTcp(Map.of())) {
            String servlet = xml("<servlet>").replace("127.0.0.1:9000", tcp.target());
            assertTrue(servlet.contains(tcp.target()), servlet);
            StringBuilder filter = new StringBuilder("<absolute-ordering/><filter><filter-name>f</filter-name>"
                    + "<filter-class>org.jettyphp.servlet.PhpFilter</filter-class><async-supported>true</async-supported></filter>"
                    + "<filter-mapping><filter-name>f</filter-name><url-pattern>/*</url-pattern>");
            for (String type : List.of("REQUEST", "FORWARD", "INCLUDE", "ERROR", "ASYNC")) {
                filter.append("<dispatcher>").append(type).append("</dispatcher>");
            }
            try (WayOfUse way =
                    JettyDistribution.start(target -> unpack(target, filter + "</filter-mapping>" + servlet), Set.of())) {
                assertServes(way, "/x.php", "ran");
            }
        }
    }

    @Test
    void theLinesOfJavaCompileAndServe() throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Assumptions.assumeTrue(compiler != null, "these tests run on a JRE");
        String shown = here(blocks("java").get(0)).replace("port(8080)", "port(0)").replace("server.join();", "started.accept(server);");
        Path source = Trees.write(root, "java/Shown.java", """
                import java.nio.file.Path;
                import org.jettyphp.launch.PhpServer;
                public class Shown {
                    public static class MyServlet extends jakarta.servlet.http.HttpServlet {
                        @Override protected void doGet(jakarta.servlet.http.HttpServletRequest request,
                                jakarta.servlet.http.HttpServletResponse response) throws java.io.IOException {
                            response.getWriter().print("from Java");
                        }
                    }
                    public static void run(java.util.function.Consumer<PhpServer> started) throws Exception {
                """ + shown + "}}");
        assertEquals(0, compiler.run(null, null, null, "-cp", System.getProperty("java.class.path") + File.pathSeparator
                + System.getProperty("surefire.test.class.path", ""), source.toString()));
        List<String> seen = new ArrayList<>();
        Consumer<PhpServer> started = server -> {
            try {
                seen.add(RawHttp.get(server.port(), "/x.php").body());
                seen.add(RawHttp.get(server.port(), "/api/y").body());
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        };
        try (URLClassLoader loader = new URLClassLoader(new URL[] {source.getParent().toUri().toURL()})) {
            loader.loadClass("Shown").getMethod("run", Consumer.class).invoke(null, started);
        }
        assertEquals(List.of("ran", "from Java"), seen);
    }
}
