package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jettyphp.peers.RawHttp;
import org.jettyphp.peers.RawHttp.Reply;
import org.jettyphp.peers.RealFpm;
import org.jettyphp.peers.Trees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a web.xml may say about the filter and the servlet that the jar brings. */
class WebXmlIT {

    private Path root;
    private RealFpm fpm;

    /** Who reads it. */
    enum Container {
        JETTY, TOMCAT;

        private WayOfUse start(JettyDistribution.Unpacker application) throws Exception {
            return this == JETTY ? JettyDistribution.start(application, Set.of()) : TomcatDistribution.start(application, Set.of());
        }
    }

    @BeforeEach
    void start() throws Exception {
        root = Trees.create();
        Trees.write(root, "app/x.php", "<?php echo 'ran ', ini_get('memory_limit');");
        Trees.write(root, "app/upper.PHP", "<?php echo 'SECRET';");
        fpm = RealFpm.onUnixSocket(Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        fpm.close();
        Trees.delete(root);
    }

    private String servlet() {
        return "<servlet><servlet-name>php-fpm</servlet-name><servlet-class>org.jettyphp.servlet.PhpServlet</servlet-class>"
                + "<init-param><param-name>target</param-name><param-value>" + fpm.target() + "</param-value></init-param>"
                + "<init-param><param-name>ini.memory_limit</param-name><param-value>79M</param-value></init-param>"
                + "<async-supported>true</async-supported></servlet>";
    }

    private void assertServed(Container container, String attributes, String elements) throws Exception {
        try (WayOfUse war =
                container.start(directory -> WebApplication.declaring(root.resolve("app"), directory, attributes, elements))) {
            Reply reply = RawHttp.get(war.port(), war.contextPath() + "/x.php");
            assertEquals("ran 79M", reply.body(), war.log());
            Reply source = RawHttp.get(war.port(), war.contextPath() + "/upper.PHP");
            assertTrue(source.status() == 404 && !source.body().contains("SECRET"), source.toString());
        }
    }

    /** The filter is the fragment's, or the initializer's. */
    @ParameterizedTest
    @EnumSource
    void theNameOfTheServletGivesItsInitParamsToTheOneThatIsThere(Container container) throws Exception {
        assertServed(container, "", servlet());
    }

    @ParameterizedTest
    @EnumSource
    void whereFragmentsAreSwitchedOffTheSameNamesCanBeDeclared(Container container) throws Exception {
        assertServed(container, "metadata-complete=\"true\"",
                "<filter><filter-name>php-fpm-filter</filter-name><filter-class>org.jettyphp.servlet.PhpFilter</filter-class>"
                        + "<async-supported>true</async-supported></filter><filter-mapping><filter-name>php-fpm-filter</filter-name>"
                        + "<url-pattern>/*</url-pattern>" + WebApplication.DISPATCHERS + "</filter-mapping>" + servlet());
    }

    /** Tomcat then runs initializers of those jars alone in which it looks for fragments: jetty-*.jar are none. */
    @ParameterizedTest
    @EnumSource
    void theFragmentOfAnotherJarMayHaveAnOrderOfItsOwn(Container container) throws Exception {
        try (WayOfUse war = container.start(directory -> {
            WebApplication.declaring(root.resolve("app"), directory, "", servlet());
            try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(directory.resolve("WEB-INF/lib/other.jar")))) {
                jar.putNextEntry(new ZipEntry("META-INF/web-fragment.xml"));
                jar.write(("<web-fragment xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\"><name>other</name>"
                        + "<ordering><before><others/></before></ordering></web-fragment>").getBytes(StandardCharsets.UTF_8));
            }
        })) {
            Reply reply = get(war, "/x.php");
            assertEquals("ran 79M", reply.body(), war.log());
        }
    }

    /** As Symfony, Laravel and Drupal have it: what lies beside it is for nobody. */
    @ParameterizedTest
    @EnumSource
    void aRelativeDocumentRootIsPartOfTheWebApplication(Container container) throws Exception {
        Trees.write(root, "app/public/index.php", "<?php echo 'ran';");
        Trees.write(root, "app/public/style.css", "a { }");
        Trees.write(root, "app/public/help/index.html", "help");
        Trees.write(root, "app/templates/page.html.twig", "SECRET");
        try (WayOfUse war = container.start(directory -> WebApplication.byFragment(root.resolve("app"), directory,
                Map.of("target", fpm.target(), "documentRoot", "public")))) {
            assertEquals("ran", get(war, "/").body(), war.log());
            assertEquals("a { }", get(war, "/style.css").text());
            assertEquals("help", get(war, "/help/").text());
            for (String hidden : new String[] {"/x.php", "/public/style.css", "/public/index.php", "/templates/page.html.twig",
                    "/WEB-INF/web.xml"}) {
                assertEquals(404, get(war, hidden).status(), hidden);
            }
        }
    }

    /** Files of both are for clients: of the web application, and of the document root, which comes first. */
    @ParameterizedTest
    @EnumSource
    void aDocumentRootElsewhereHasItsFilesSent(Container container) throws Exception {
        Trees.write(root, "app/of-both.txt", "of the web application");
        Trees.write(root, "app/java.txt", "of the web application");
        Trees.write(root, "elsewhere/of-both.txt", "of the document root");
        Trees.write(root, "elsewhere/index.php", "<?php echo 'ran';");
        try (WayOfUse war = container.start(directory -> WebApplication.byFragment(root.resolve("app"), directory,
                Map.of("target", fpm.target(), "documentRoot", root.resolve("elsewhere").toString())))) {
            assertEquals("ran", get(war, "/").body(), war.log());
            assertEquals("of the document root", get(war, "/of-both.txt").text());
            assertEquals("of the web application", get(war, "/java.txt").text());
            assertEquals(404, get(war, "/x.php").status());
        }
    }

    private static Reply get(WayOfUse war, String path) throws Exception {
        return RawHttp.get(war.port(), war.contextPath() + path);
    }
}
