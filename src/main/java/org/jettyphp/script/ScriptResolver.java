package org.jettyphp.script;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jettyphp.htaccess.Htaccess;
import org.jettyphp.htaccess.HtaccessRequest;
import org.jettyphp.htaccess.PhpValues;
import org.jettyphp.htaccess.RequestFacts;
import org.jettyphp.htaccess.SettingRules;
import org.jettyphp.script.Decision.BadRequest;
import org.jettyphp.script.Decision.RunScript;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what a URL means: the counterpart of Apache's {@code <FilesMatch "\.php$"> <If "-f %{REQUEST_FILENAME}">}.
 *
 * <p>One decision, one file: the path is decoded once, the file's real path is taken once and must lie within the document root's, and that
 * real path is what PHP-FPM is told. So neither a link nor an encoding can make one thing be checked and another one run.
 *
 * <p>Every request asks the file system: a file that appears or a deploy that switches the root's link counts from the next request on. What
 * is no link is remembered while it is the same file: its real path ({@link PathMemory}), and that its own name leads to it ({@link KnownScripts}).
 */
public final class ScriptResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptResolver.class);

    private final Tree tree;

    /** Where files are looked for. */
    interface Tree {

        /**
         * Finds what the path means.
         *
         * @param rawPath as {@link ScriptResolver#resolve} takes it
         * @param request for the application's own rules, which may change its query
         * @throws UnusablePathException if the path cannot be looked for
         */
        Resolution decide(String rawPath, HtaccessRequest request);

        /** As {@link ScriptResolver#phpValues()}. */
        default PhpValues phpValues() {
            return PhpValues.NONE;
        }
    }

    /** Without a configuration file that is to be hidden. */
    public ScriptResolver(ScriptSettings settings, FileSettings access) {
        this(settings, access, List.of());
    }

    /**
     * @param configuration our own configuration files, which are never served, whatever their names
     * @throws IllegalArgumentException if there is no such document root, saying what to change
     */
    public ScriptResolver(ScriptSettings settings, FileSettings access, List<Path> configuration) {
        ScriptNames names = new ScriptNames(settings.scriptExtensions());
        ServingPolicy policy = ServingPolicy.of(access, names, configuration);
        if (access.listing() && !settings.tried().directories()) {
            throw new IllegalArgumentException("listing=true shows nothing, since tryFiles has no $uri/; add it, or leave listing out");
        }
        SettingRules rules = SettingRules.of(access.rewrite().lines());
        if (rules.areThere() && !settings.checkFile()) {
            throw new IllegalArgumentException(
                    "rewrite is set, and with checkFile=false the files are elsewhere: rules cannot look at them");
        }
        tree = settings.checkFile() ? new LocalTree(settings, policy, access.htaccess() ? new Htaccess() : null, rules)
                : new RemoteTree(settings, policy);
        settings.index().stream().filter(names::neither).forEach(name -> LOG.warn(
                "index {} never answers: it looks like a script and ends in none of scriptExtensions {}", name,
                settings.scriptExtensions()));
        warnOfEncoding();
    }

    private static void warnOfEncoding() {
        String encoding = System.getProperty("sun.jnu.encoding", "unknown");
        if (!Charset.isSupported(encoding) || !Charset.forName(encoding).equals(StandardCharsets.UTF_8)) {
            LOG.warn("Files with names beyond ASCII get 400: this process has the encoding {} for names (sun.jnu.encoding); "
                    + "start it with LC_ALL=C.UTF-8 in its environment", encoding);
        }
    }

    /**
     * Decides. Any thread; blocks for a few {@code stat} calls. Throws nothing, whatever the path.
     *
     * @param rawPath the URL path below the context as it stood on the request line, percent-encoded; empty for the context without its
     *        slash
     * @param query the request's own, as sent; null if it has none
     * @param facts for the application's own rules
     */
    public Resolution resolve(String rawPath, @Nullable String query, RequestFacts facts) {
        HtaccessRequest request = new HtaccessRequest(facts, query);
        Resolution resolution;
        try {
            resolution = tree.decide(rawPath, request);
        } catch (UnusablePathException unusable) {
            return Resolution.of(new BadRequest(String.valueOf(unusable.getMessage())));
        }
        return resolution.decision() instanceof RunScript script
                ? new Resolution(withQuery(script, query, request.query()), resolution.additions())
                : resolution;
    }

    /**
     * What the application's own rules ask of PHP. Whoever asks for it has PHP obey, that of {@link RunScript#php} too: such lines are not warned
     * of any more. Any thread.
     */
    public PhpValues phpValues() {
        return tree.phpValues();
    }

    private static RunScript withQuery(RunScript script, @Nullable String sent, @Nullable String now) {
        if (script.query() == null) {
            return Objects.equals(sent, now) ? script : script.withQuery(Query.of(now == null ? "" : now));
        }
        return script.withQuery(script.query().completedWith(now));
    }
}
