package org.jettyphp.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Makes an unpacked WAR of a document root: our jar as example.war has it, a Java servlet, a web.xml. */
final class WebApplication {

    private static final List<String> JAVA_PAGES =
            List.of("JavaPages", "RequestWithBody", "RequestWithBody$1", "CollectedAnswer", "CollectedAnswer$1", "CollectingFilter");

    static final String DISPATCHERS = List.of("REQUEST", "FORWARD", "INCLUDE", "ERROR", "ASYNC").stream()
            .map(type -> "<dispatcher>" + type + "</dispatcher>").reduce("", String::concat);

    private WebApplication() {}

    /** With the filter and servlet of the jar's web-fragment, and the settings as context-params. */
    static void byFragment(Path documentRoot, Path target, Map<String, String> settings) throws Exception {
        write(documentRoot, target, "", params("context-param", "php.", settings));
    }

    /** With filter and servlet declared under names of its own, and the settings as init-params of the servlet. */
    static void byInitParams(Path documentRoot, Path target, Map<String, String> settings) throws Exception {
        String declared =
                "<absolute-ordering/><filter><filter-name>php-files</filter-name><filter-class>org.jettyphp.servlet.PhpFilter</filter-class>"
                        + "<async-supported>true</async-supported></filter><filter-mapping><filter-name>php-files</filter-name><url-pattern>/*</url-pattern>"
                        + DISPATCHERS
                        + "</filter-mapping><servlet><servlet-name>php</servlet-name><servlet-class>org.jettyphp.servlet.PhpServlet</servlet-class>"
                        + params("init-param", "", settings) + "<async-supported>true</async-supported></servlet>";
        write(documentRoot, target, "", declared);
    }

    /** With these elements in its web.xml, and these attributes of it. */
    static void declaring(Path documentRoot, Path target, String attributes, String elements) throws Exception {
        write(documentRoot, target, attributes, elements);
    }

    private static String params(String element, String prefix, Map<String, String> settings) {
        StringBuilder xml = new StringBuilder();
        settings.forEach((name, value) -> xml.append('<').append(element).append("><param-name>").append(prefix).append(name)
                .append("</param-name><param-value>").append(value.replace("&", "&amp;").replace("<", "&lt;")).append("</param-value></")
                .append(element)
                .append('>'));
        return xml.toString();
    }

    private static void write(Path documentRoot, Path target, String attributes, String elements) throws Exception {
        // With its symbolic links, which Files.copy would follow.
        new ProcessBuilder("cp", "-a", documentRoot.toString(), target.toString()).inheritIO().start().waitFor();
        Path classes = target.resolve("WEB-INF/classes/org/jettyphp/acceptance");
        Files.createDirectories(classes);
        for (String name : JAVA_PAGES) {
            try (InputStream in = JavaPages.class.getResourceAsStream(name + ".class")) {
                Files.copy(in, classes.resolve(name + ".class"));
            }
        }
        Files.copy(Path.of("webapp-example/WEB-INF/jetty-ee11-web.xml"), target.resolve("WEB-INF/jetty-ee11-web.xml"));
        libraries(target.resolve("WEB-INF/lib"));
        Files.writeString(target.resolve("WEB-INF/web.xml"), "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\" "
                + attributes + ">"
                + "<filter><filter-name>collecting</filter-name><filter-class>org.jettyphp.acceptance.CollectingFilter</filter-class>"
                + "<async-supported>true</async-supported></filter><filter-mapping><filter-name>collecting</filter-name>"
                + "<url-pattern>/big.php</url-pattern><url-pattern>/plain/*</url-pattern></filter-mapping>"
                // Behind what is to be in front of PHP.
                + elements
                + "<servlet><servlet-name>java-pages</servlet-name><servlet-class>org.jettyphp.acceptance.JavaPages</servlet-class>"
                + "<async-supported>true</async-supported></servlet><servlet-mapping><servlet-name>java-pages</servlet-name>"
                + "<url-pattern>/java/*</url-pattern></servlet-mapping><error-page><error-code>418</error-code><location>/error.php</location></error-page>"
                + "<error-page><exception-type>jakarta.servlet.ServletException</exception-type><location>/error.php</location></error-page>"
                + "</web-app>");
    }

    static void libraries(Path lib) throws IOException {
        Files.createDirectories(lib);
        try (ZipInputStream war = new ZipInputStream(Files.newInputStream(Path.of(System.getProperty("example.war"))))) {
            for (ZipEntry entry = war.getNextEntry(); entry != null; entry = war.getNextEntry()) {
                if (entry.getName().startsWith("WEB-INF/lib/") && !entry.isDirectory()) {
                    Files.copy(war, lib.resolve(Path.of(entry.getName()).getFileName().toString()));
                }
            }
        }
    }
}
