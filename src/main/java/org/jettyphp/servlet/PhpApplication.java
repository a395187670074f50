package org.jettyphp.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jettyphp.cgi.CgiSettings;
import org.jettyphp.config.SettingSource;
import org.jettyphp.config.Settings;
import org.jettyphp.events.Events;
import org.jettyphp.events.PhpListener;
import org.jettyphp.transport.Deadline;
import org.jettyphp.upstream.UpstreamSettings;

/** What a program needs to put PHP into a servlet context: names, settings records, and the place for its settings. */
public final class PhpApplication {

    /** As in {@code web-fragment.xml}, so that a {@code web.xml} can override them. */
    public static final String FILTER_NAME = "php-fpm-filter";

    /** As in {@code web-fragment.xml}. */
    public static final String SERVLET_NAME = "php-fpm";

    /** The records of which a web application's settings consist. */
    public static final List<Class<? extends Record>> SETTINGS = PhpContext.RECORDS;

    /** The request attribute with the status that an access log should show, where the response's own does not say what happened. */
    public static final String STATUS_ATTRIBUTE = Timings.STATUS;

    /**
     * The request attribute with the real {@link java.nio.file.Path} of the file that was decided for a URL, while a default servlet that was
     * announced by {@link #decidedFilesAreSent} is asked for it: that file, and no other one of the same name, is to be sent.
     */
    public static final String FILE_ATTRIBUTE = "org.jettyphp.file";

    /**
     * The request attribute with how that file is found by name, if it is what this URL spells, and answers whoever asks for it of this host. A
     * {@link java.nio.file.Path} that a link may change from one moment to the next.
     */
    public static final String NAME_ATTRIBUTE = "org.jettyphp.fileName";

    /** The request attribute with the Content-Type of that file, where PHP or the application's own rules say another one than its ending; empty: none. */
    public static final String TYPE_ATTRIBUTE = "org.jettyphp.fileType";

    /** The request attribute that is there if PHP has named that file: no compressed sibling is to be sent in its place. */
    public static final String NAMED_ATTRIBUTE = "org.jettyphp.namedFile";

    private static final String SENDS_DECIDED_FILES = "org.jettyphp.sendsDecidedFiles";

    /** Settings, or groups of them, that {@link #reload} takes on. */
    private static final Set<String> RELOADED =
            Set.of("param", "ini", "adminIni", "underscoreHeaders", "target", "dnsTtl", "maxConnections", "queueSize",
                    "queueTimeout", "connectTimeout", "responseTimeout", "responseTimeoutFor");

    private static final String CONFIGURATION = "org.jettyphp.configuration";
    private static final String SITE = "org.jettyphp.site";
    private static final String SPACE = "org.jettyphp.space";
    private static final String STOP_BY = "org.jettyphp.stopBy";
    private static final String LISTENERS = "org.jettyphp.listeners";

    private PhpApplication() {}

    /**
     * Gives a context settings from elsewhere than its {@code web.xml}; before it starts.
     *
     * @param others records of settings that stand in the same places but belong to the caller
     */
    public static void configure(ServletContext context, List<SettingSource> sources, List<Class<? extends Record>> others) {
        context.setAttribute(ContextSettings.ATTRIBUTE, new ContextSettings.Given(List.copyOf(sources), List.copyOf(others)));
    }

    /**
     * Adds one who hears what happens on the way to PHP; before the context's filters and servlets are initialised, as in
     * {@code ServletContextListener.contextInitialized}.
     */
    public static void addListener(ServletContext context, PhpListener listener) {
        List<PhpListener> all = new ArrayList<>(listeners(context));
        all.add(listener);
        context.setAttribute(LISTENERS, List.copyOf(all));
    }

    static Events events(ServletContext context) {
        return new Events(listeners(context));
    }

    private static List<PhpListener> listeners(ServletContext context) {
        return context.getAttribute(LISTENERS) instanceof List<?> added ? added.stream().map(PhpListener.class::cast).toList() : List.of();
    }

    /**
     * The settings of a context whose filter or servlet has been initialised.
     *
     * @throws IllegalStateException if none has
     */
    public static Settings settings(ServletContext context) {
        return PhpContext.required(PhpContext.of(context)).settings();
    }

    /** Says that the default servlet of a context sends what {@link #FILE_ATTRIBUTE} names; before the context starts. */
    public static void decidedFilesAreSent(ServletContext context) {
        context.setAttribute(SENDS_DECIDED_FILES, true);
    }

    static boolean sendsDecidedFiles(ServletContext context) {
        return context.getAttribute(SENDS_DECIDED_FILES) != null;
    }

    /** Names the files that the settings have come from, so that they are never served; before the context starts. */
    public static void hideConfiguration(ServletContext context, List<Path> files) {
        context.setAttribute(CONFIGURATION, List.copyOf(files));
    }

    static List<Path> configurationFiles(ServletContext context) {
        return context.getAttribute(CONFIGURATION) instanceof List<?> files ? files.stream().map(Path.class::cast).toList() : List.of();
    }

    /** Tells an application which one of several it is, for its log lines and its name in JMX; before the context starts. */
    public static void name(ServletContext context, String site) {
        context.setAttribute(SITE, site);
    }

    /** Which one of several applications it is; empty for the only one. */
    static String name(ServletContext context) {
        return context.getAttribute(SITE) instanceof String site ? site : "";
    }

    /** The same within a line about a request. */
    static String inLine(ServletContext context) {
        String site = name(context);
        return site.isEmpty() ? "" : " (site " + site + ")";
    }

    /** Lets an application share the space for bodies with the others that are given the same; before the context starts. */
    public static void share(ServletContext context, SharedSpace space) {
        context.setAttribute(SPACE, space);
    }

    static SharedSpace space(ServletContext context) {
        return context.getAttribute(SPACE) instanceof SharedSpace shared ? shared : new SharedSpace();
    }

    /**
     * Ini settings that one of two applications sends and the other does not, to workers that both use. A worker keeps what it was sent, so
     * that these would count for the other one too.
     */
    public static Set<String> iniThatLeaks(Settings one, Settings other) {
        Set<String> leaking = new TreeSet<>();
        if (one.get(UpstreamSettings.class).meets(other.get(UpstreamSettings.class))) {
            Set<String> ones = iniNames(one);
            Set<String> others = iniNames(other);
            leaking.addAll(ones);
            leaking.addAll(others);
            leaking.removeIf(name -> ones.contains(name) && others.contains(name));
        }
        return leaking;
    }

    private static Set<String> iniNames(Settings settings) {
        CgiSettings sent = settings.get(CgiSettings.class);
        return Stream.concat(sent.ini().keySet().stream().map(name -> "ini." + name),
                sent.adminIni().keySet().stream().map(name -> "adminIni." + name)).collect(Collectors.toSet());
    }

    /** Whether a php-fpm is started that belongs to the application alone. */
    public static boolean isPrivate(Settings settings) {
        return UpstreamSettings.PRIVATE.equals(settings.get(UpstreamSettings.class).target());
    }

    /** The most bytes that the head of PHP's answer may have, for a server that has a limit of its own. */
    public static long maxResponseHeader(Settings settings) {
        return settings.get(CgiSettings.class).maxResponseHeader();
    }

    /**
     * To be added to a context before it starts: begins before filters and servlets are initialised, since Jetty logs what fails there with a
     * stack trace of its own. Throws {@link IllegalStateException} with the message of the {@link ServletException} that is its cause.
     */
    public static ServletContextListener beginsEarly() {
        return new ServletContextListener() {
            @Override
            public void contextInitialized(ServletContextEvent event) {
                try {
                    PhpContext.join(event.getServletContext());
                } catch (ServletException failed) {
                    throw new IllegalStateException(failed.getMessage(), failed);
                }
            }

            @Override
            public void contextDestroyed(ServletContextEvent event) {
                PhpContext joined = PhpContext.of(event.getServletContext());
                if (joined != null) {
                    joined.leave();
                }
            }
        };
    }

    /** Whether {@link #reload} takes on a change of a setting, {@code ini.memory_limit} say; the others need a restart. */
    public static boolean reloads(String name) {
        return RELOADED.contains(name.replaceFirst("\\..*", ""));
    }

    /**
     * Gives an application that runs settings that have changed; they count from the next request on. A private php-fpm reads its own
     * configuration anew.
     *
     * @throws IllegalArgumentException if a name or value cannot be used; nothing has changed then
     */
    public static void reload(ServletContext context, Settings settings) {
        PhpContext running = PhpContext.of(context);
        if (running != null) {
            running.reload(settings);
        }
    }

    /** Tells an application that its server is being stopped, and how long that may take from now: it begins no time of its own then. */
    public static void stopWithin(ServletContext context, Duration limit) {
        context.setAttribute(STOP_BY, Deadline.in(limit));
    }

    /** Ends the requests that are under way, as long as their clients can be told: a server that stops closes its connections first. */
    public static void endRequests(ServletContext context) {
        PhpContext running = PhpContext.of(context);
        if (running != null) {
            running.watch().endAll();
        }
    }

    static Deadline stopBy(ServletContext context, Duration otherwise) {
        return context.getAttribute(STOP_BY) instanceof Deadline set ? set : Deadline.in(otherwise);
    }
}
