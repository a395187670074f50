package org.jettyphp.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.Settings;
import org.jettyphp.config.SettingsReader;
import org.jettyphp.script.ScriptSettings;
import org.jettyphp.upstream.UpstreamSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the settings of one web application are written: the init-params of our filter and servlet, whichever of the two asks first, the
 * context-params, the environment, and what the main class or a program has put into the context.
 */
final class ContextSettings {

    private static final Logger LOG = LoggerFactory.getLogger(ContextSettings.class);

    /** A {@link Given} under this context attribute is read too: how a program configures a context without a {@code web.xml}. */
    static final String ATTRIBUTE = "org.jettyphp.settings";

    /** Settings from elsewhere, and the records of settings that stand in the same places but are not ours. */
    record Given(List<SettingSource> sources, List<Class<? extends Record>> others) {}

    private static final String CHOICES = "say where PHP-FPM is: set 'target' to the 'listen' of its pool, for example 127.0.0.1:9000 or "
            + "/run/php/php8.2-fpm.sock (as context-param php.target, as init-param target, or in the environment as JETTY_PHP_FPM_TARGET), "
            + "or to 'private' to have a php-fpm started that belongs to this application alone";

    private final ServletContext context;
    private final List<SettingSource> sources = new ArrayList<>();
    private final List<Class<? extends Record>> records = new ArrayList<>(PhpContext.RECORDS);
    private final String servletName;
    private boolean fromProgram;

    ContextSettings(ServletContext context) throws ServletException {
        this.context = context;
        ServletRegistration servlet = ours(context.getServletRegistrations(), PhpServlet.class);
        if (servlet == null) {
            throw new ServletException("the filter " + PhpFilter.class.getName() + " needs the servlet " + PhpServlet.class.getName()
                    + " in the same web application; declare it (it needs no mapping), or remove metadata-complete and absolute-ordering from "
                    + "web.xml so that the jar's own declaration is read");
        }
        servletName = servlet.getName();
        if (context.getAttribute(ATTRIBUTE) instanceof Given given) {
            fromProgram = true;
            sources.addAll(given.sources());
            records.addAll(given.others());
        }
        addInitParams("servlet " + servletName, servlet.getInitParameters());
        FilterRegistration filter = ours(context.getFilterRegistrations(), PhpFilter.class);
        if (filter != null) {
            addInitParams("filter " + filter.getName(), filter.getInitParameters());
        }
        addContextParams();
        sources.add(SettingSource.environment(System.getenv()));
    }

    private static <R extends Registration> @Nullable R ours(Map<String, R> all, Class<?> type) {
        for (R registration : all.values()) {
            if (type.getName().equals(registration.getClassName())) {
                return registration;
            }
        }
        return null;
    }

    private void addInitParams(String origin, Map<String, String> values) {
        if (!values.isEmpty()) {
            sources.add(new SettingSource(SettingSource.Kind.INIT_PARAM, origin, Map.copyOf(values)));
        }
    }

    private void addContextParams() {
        Map<String, String> values = new HashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            values.put(name, context.getInitParameter(name));
        }
        sources.add(new SettingSource(SettingSource.Kind.CONTEXT_PARAM, "", values));
    }

    String servletName() {
        return servletName;
    }

    Settings read() {
        Settings settings = new SettingsReader(records).read(sources);
        settings.warnings().forEach(warning -> LOG.warn("{}", warning));
        return settings;
    }

    boolean isPrivate(Settings settings) {
        return UpstreamSettings.PRIVATE.equals(target(settings));
    }

    String target(Settings settings) {
        String target = settings.get(UpstreamSettings.class).target();
        if (target == null) {
            throw new IllegalArgumentException("no target is set; " + CHOICES);
        }
        return target;
    }

    /** The web application's own directory, or a part of it, unless another one is named. */
    ScriptSettings withDocumentRoot(ScriptSettings scripts) {
        Path named = scripts.documentRoot();
        if (named != null && (named.isAbsolute() || fromProgram)) {
            return scripts;
        }
        String own = context.getRealPath("/");
        if (own == null) {
            throw new IllegalArgumentException("this web application has no directory, since its WAR is not unpacked, and PHP-FPM can run files only; "
                    + "let the container unpack it (Jetty: extractWAR, Tomcat: unpackWARs) or set documentRoot to an absolute path");
        }
        Path root = Path.of(own);
        return scripts.withDocumentRoot(named == null ? root : root.resolve(named).normalize());
    }
}
