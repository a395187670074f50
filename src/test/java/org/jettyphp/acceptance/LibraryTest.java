package org.jettyphp.acceptance;

import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.jettyphp.launch.PhpServer;
import org.jettyphp.launch.PhpServerBuilder;

/** Built in Java, a few lines. */
class LibraryTest extends AcceptanceSuite {

    @Override
    WayOfUse start(Path documentRoot, Map<String, String> settings) throws Exception {
        CapturedLog log = new CapturedLog();
        PhpServerBuilder builder = PhpServer.serving(documentRoot).port(0).set("accessLog", "off");
        settings.forEach(builder::set);
        PhpServer server = builder.build();
        ServletHolder java = new ServletHolder("java-pages", JavaPages.class);
        java.setAsyncSupported(true);
        server.context().addServlet(java, "/java/*");
        server.context().addFilter(CollectingFilter.class, "/big.php", EnumSet.of(DispatcherType.REQUEST));
        server.context().addFilter(CollectingFilter.class, "/plain/*", EnumSet.of(DispatcherType.REQUEST));
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(418, "/error.php");
        server.context().setErrorHandler(errors);
        server.start();
        return new WayOfUse() {
            @Override
            public int port() {
                return server.port();
            }

            @Override
            public String contextPath() {
                return "";
            }

            @Override
            public String log() {
                return log.text();
            }

            @Override
            public Set<Capability> capabilities() {
                return EnumSet.allOf(Capability.class);
            }

            @Override
            public void close() throws Exception {
                server.close();
                log.close();
            }
        };
    }
}
