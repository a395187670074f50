package org.jettyphp.script;

import java.nio.file.Path;
import java.util.List;
import org.jettyphp.htaccess.HtaccessRequest;
import org.jettyphp.htaccess.SettingRules;
import org.jettyphp.script.Decision.Forbidden;
import org.jettyphp.script.Decision.NotFound;
import org.jettyphp.script.Decision.Refused;
import org.jettyphp.script.Decision.RunScript;
import org.jspecify.annotations.Nullable;

/**
 * Decides by names, where the scripts are on PHP-FPM's side only ({@code checkFile=false}): the first segment that ends like a script is
 * one. What is not there PHP-FPM answers with 404 and "Primary script unknown". Plain files are those below our own document root, if there
 * is one.
 *
 * <p>Here {@code /uploads/evil.jpg/x.php} reaches PHP-FPM, which with {@code cgi.fix_pathinfo=1} finds evil.jpg: only its
 * {@code security.limit_extensions} (by default .php and .phar) refuses it.
 */
final class RemoteTree implements ScriptResolver.Tree {

    private static final int NOT_FOUND = 404;

    private final String scriptRoot;
    private final ScriptNames names;
    private final List<String> index;
    private final TryFiles tried;
    private final @Nullable LocalTree here;
    private final ServingPolicy policy;

    /** @throws IllegalArgumentException if neither root is set */
    RemoteTree(ScriptSettings settings, ServingPolicy policy) {
        Path root = settings.scriptRoot() != null ? settings.scriptRoot() : settings.documentRoot();
        if (root == null) {
            throw new IllegalArgumentException("scriptRoot is not set; with checkFile=false name the directory of the application "
                    + "as PHP-FPM sees it");
        }
        scriptRoot = root.toAbsolutePath().toString();
        names = new ScriptNames(settings.scriptExtensions());
        tried = settings.tried();
        index = settings.index().stream().filter(name -> tried.directories() && names.runs(name)).limit(1).toList();
        this.policy = policy;
        if (tried.fallback() != null) {
            tried.fallback().check(policy);
        }
        here = settings.documentRoot() == null ? null : new LocalTree(settings, policy, null, SettingRules.NONE);
    }

    @Override
    public Resolution decide(String rawPath, HtaccessRequest request) {
        return Resolution.of(decide(UrlPath.decode(rawPath)));
    }

    private Decision decide(UrlPath path) {
        int hidden = policy.firstIn(path);
        for (int i = 0; i < path.searchable() && i < hidden; i++) {
            if (names.runs(path.name(i))) {
                return script(path.first(i + 1), path.after(i + 1), null);
            }
            if (names.looksLikeScript(path.name(i))) {
                return new NotFound("it looks like a script, and ends in none of scriptExtensions " + names.extensions(), true);
            }
        }
        if (hidden < path.length()) {
            boolean forFallback = tried.fallback() != null && policy.firstIn(path, 0) > path.length();
            return forFallback ? nothing(path) : new NotFound("it is never served", true);
        }
        if (path.endsWithSlash() && path.searchable() == path.length() && !index.isEmpty()) {
            return script(path.first(path.length()) + "/" + index.get(0), null, null);
        }
        Decision plain = here == null ? null : here.besideScripts(path);
        return plain != null ? plain : nothing(path);
    }

    private Decision nothing(UrlPath path) {
        Fallback fallback = tried.fallback();
        if (fallback == null && tried.status() != NOT_FOUND) {
            return new Refused(tried.status(), "nothing of tryFiles is there");
        }
        if (fallback == null) {
            return new NotFound("it does not end like a script, and is no file here", path.searchable() < path.length());
        }
        String name = fallback.name();
        if (names.runs(name)) {
            return script(name, fallback.pathInfoFor(path), fallback.queryFor(path));
        }
        Decision plain = here == null ? null : here.besideScripts(fallback.script());
        return plain instanceof Decision.ServeFile file
                ? file.forAnotherUrl()
                : new NotFound("it is no file here, and neither is fallback " + name, true);
    }

    private Decision script(String scriptName, @Nullable String pathInfo, @Nullable Query query) {
        Path file = Spot.below(Path.of(scriptRoot), scriptName);
        if (policy.runsNothingIn(Path.of(scriptRoot).relativize(file))) {
            return new Forbidden(scriptName + " is where scripts do not run (noExec)");
        }
        return new RunScript(scriptName, FpmView.below(scriptRoot, scriptName), scriptRoot, file, pathInfo, query, List.of());
    }
}
