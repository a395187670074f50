package org.jettyphp.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.DefaultServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.http.MimeTypes;
import org.jettyphp.config.SettingSource;
import org.jettyphp.servlet.PhpApplication;
import org.jettyphp.servlet.PhpInitializer;

/** Makes Jetty's context for a directory: a web application if it has a {@code WEB-INF/web.xml}, else just files, with PHP in front. */
final class ApplicationContext {

    /** In Jetty's {@code encoding.properties}. */
    private static final List<String> INFERRED_BY_JETTY = List.of("text/html", "text/plain", "text/xml", "application/xhtml+xml");

    private ApplicationContext() {}

    /**
     * Makes it.
     *
     * @param withJava whether servlets may be added to what has no web.xml: they may want sessions, which cost every request and the start
     */
    static ServletContextHandler create(Path directory, String contextPath, List<SettingSource> sources, boolean withJava) {
        boolean webApplication = Files.isRegularFile(directory.resolve("WEB-INF/web.xml"));
        ServletContextHandler created = webApplication ? webApplication()
                : plainDirectory(withJava ? ServletContextHandler.SESSIONS : ServletContextHandler.NO_SESSIONS);
        created.setContextPath(contextPath);
        created.setBaseResourceAsPath(directory);
        created.getServletHandler().setDecodeAmbiguousURIs(true);
        sendTypesAsPhpWroteThem(created);
        FileTypes.addTo(created.getMimeTypes());
        PhpApplication.configure(created.getServletContext(), sources, ServerSettings.OF_THE_SERVER);
        // Not added here and now: filters of a web.xml, which is read later, come before PHP.
        created.addServletContainerInitializer(new PhpInitializer());
        created.addServletContainerInitializer((classes, servletContext) -> sendDecidedFiles(created));
        // Nor this listener: those of a web.xml and of a program come before it, and may add to what PHP begins with.
        created.addServletContainerInitializer((classes, servletContext) -> created.addEventListener(PhpApplication.beginsEarly()));
        return created;
    }

    /** Unless a web.xml has a default servlet of its own. */
    private static void sendDecidedFiles(ServletContextHandler context) {
        ServletHolder files = context.getServletHandler().getServlet("default");
        if (files != null && DefaultServlet.class.getName().equals(files.getClassName())) {
            files.setHeldClass(DecidedFiles.class);
            files.setInitParameter("dirAllowed", "false");
            files.setInitParameter("etags", "true");
            files.setAsyncSupported(true);
            PhpApplication.decidedFilesAreSent(context.getServletContext());
        }
    }

    private static ServletContextHandler webApplication() {
        WebAppContext context = new WebAppContext();
        context.setParentLoaderPriority(false);
        context.setThrowUnavailableOnStartupException(true);
        return context;
    }

    private static ServletContextHandler plainDirectory(int options) {
        ServletContextHandler context = new ServletContextHandler(options);
        context.addServlet(new ServletHolder("default", DefaultServlet.class), "/");
        return context;
    }

    /**
     * Jetty completes text types set through the Servlet API with a charset it infers; PHP has said what it means. Types are not declared
     * "without charset" either: {@code ServletOutputStream.print} of a Java servlet would then fail for want of one.
     */
    private static void sendTypesAsPhpWroteThem(ServletContextHandler context) {
        MimeTypes.Mutable types = context.getMimeTypes();
        for (String inferred : INFERRED_BY_JETTY) {
            types.addInferred(inferred, null);
        }
    }
}
