package org.jettyphp.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jettyphp.htaccess.Htaccess;
import org.jettyphp.htaccess.HtaccessRequest;
import org.jettyphp.htaccess.PhpValues;
import org.jettyphp.htaccess.RulesInForce;
import org.jettyphp.htaccess.SettingRules;
import org.jettyphp.script.Decision.Forbidden;
import org.jettyphp.script.Decision.NotFound;
import org.jettyphp.script.Decision.Redirect;
import org.jettyphp.script.Decision.Refused;
import org.jettyphp.script.Decision.RunScript;
import org.jettyphp.script.Decision.ServeFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides by the files below the document root, which we see as well as PHP-FPM does. */
final class LocalTree implements ScriptResolver.Tree {

    private static final Logger LOG = LoggerFactory.getLogger(LocalTree.class);
    private static final int NOT_FOUND = 404;

    private final Path documentRoot;
    private final ScriptNames names;
    private final List<String> index;
    private final TryFiles tried;
    private final FpmView fpm;
    private final ServingPolicy policy;
    private final @Nullable Htaccess htaccess;
    private final SettingRules rules;
    private final PathMemory<Path> roots = new PathMemory<>(System::nanoTime);
    private final RealFiles files;
    private final KnownScripts scripts;
    private final AtomicBoolean rootIsMissing = new AtomicBoolean();

    /**
     * @param htaccess the application's own rules; null: there are none
     * @param rules those of the settings
     * @throws IllegalArgumentException if scripts shall be files here, and there is no document root
     */
    LocalTree(ScriptSettings settings, ServingPolicy policy, @Nullable Htaccess htaccess, SettingRules rules) {
        if (settings.documentRoot() == null) {
            throw new IllegalArgumentException("documentRoot is not set; name the directory of the application");
        }
        documentRoot = settings.documentRoot().toAbsolutePath();
        if (settings.checkFile() && !Files.isDirectory(documentRoot)) {
            throw new IllegalArgumentException("documentRoot " + documentRoot + " is no directory, or this user may not see it; "
                    + "where the files are on PHP-FPM's side only, set checkFile=false");
        }
        names = new ScriptNames(settings.scriptExtensions());
        index = settings.index().stream().filter(name -> !names.neither(name)).toList();
        this.policy = policy;
        files = new RealFiles(policy);
        this.htaccess = htaccess;
        scripts = new KnownScripts(htaccess, System::nanoTime);
        this.rules = rules;
        tried = settings.tried();
        fpm = FpmView.of(settings);
        if (tried.fallback() != null) {
            tried.fallback().check(policy);
            if (settings.checkFile()) {
                tried.fallback().warnIfMissing(documentRoot);
            }
        }
    }

    @Override
    public PhpValues phpValues() {
        return htaccess == null ? PhpValues.NONE : htaccess.phpObeys(this::realRoot);
    }

    @Override
    public Resolution decide(String rawPath, HtaccessRequest request) {
        Path root = realRoot();
        Resolution known = root == null || rules.areThere() ? null : scripts.find(rawPath, root);
        if (known != null) {
            return known;
        }
        UrlPath path = UrlPath.decode(rawPath);
        if (root == null) {
            return Resolution.of(new NotFound("the document root " + documentRoot + " cannot be entered", true));
        }
        RulesInForce inForce = htaccess == null ? null : htaccess.inForce(root);
        Resolution resolution = inForce == null && !rules.areThere()
                ? Resolution.of(decide(root, path))
                : new RuledWay(this, inForce, rules.at(root), root, request).decide(path);
        if (!rules.areThere() && (inForce == null || inForce.areNone())) {
            scripts.remember(rawPath, path, root, resolution);
        }
        return resolution;
    }

    /** Taken for each request, and all names are looked up below it: a deploy that switches a link meanwhile cannot mix two releases. */
    private @Nullable Path realRoot() {
        try {
            Path root = roots.of(documentRoot, LocalTree::realPath);
            rootIsMissing.setPlain(false);
            return root;
        } catch (IOException missing) {
            if (!rootIsMissing.getAndSet(true)) {
                LOG.warn("Everything gets 404 until there is a document root {} that this process may enter: {}", documentRoot,
                        missing.toString());
            }
            return null;
        }
    }

    private static PathMemory.Answer<Path> realPath(Path path) throws IOException {
        Path real = path.toRealPath();
        return new PathMemory.Answer<>(real, real.equals(path));
    }

    private Decision decide(Path root, UrlPath path) {
        Spot spot = Spot.find(root, path);
        Decision refusal = denied(spot, path, tried.answersMissing());
        if (refusal != null) {
            return refusal;
        }
        return spot.kind() == Spot.Kind.DIRECTORY ? directory(root, spot, path) : decide(root, spot, path);
    }

    /**
     * What is for nobody.
     *
     * @param answersMissing whether what is missing may have an answer, so that a name hides what is there only
     */
    @Nullable
    Decision denied(Spot spot, UrlPath path, boolean answersMissing) {
        int there = answersMissing ? spot.depth() : path.length();
        return policy.firstIn(path, there) < (isScript(spot, path) ? spot.depth() : path.length())
                ? new NotFound("it is never served", true)
                : null;
    }

    private boolean isScript(Spot spot, UrlPath path) {
        return spot.kind() == Spot.Kind.FILE && names.runs(path.name(spot.depth() - 1));
    }

    /** Decides what is not denied and no directory. */
    Decision decide(Path root, Spot spot, UrlPath path) {
        if (spot.kind() != Spot.Kind.FILE) {
            return nothing(root, spot, path);
        }
        return isScript(spot, path)
                ? script(root, spot.path(), path.first(spot.depth()), path.after(spot.depth()), null)
                : plainFile(root, spot, path);
    }

    List<String> index() {
        return index;
    }

    TryFiles tried() {
        return tried;
    }

    ServingPolicy policy() {
        return policy;
    }

    /** A plain file has no path info: {@code /uploads/evil.jpg/x.php} is nothing, and neither is {@code /style.css/}. */
    private Decision plainFile(Path root, Spot spot, UrlPath path) {
        if (path.after(spot.depth()) != null) {
            return nothing(root, spot, path);
        }
        if (names.looksLikeScript(path.name(spot.depth() - 1))) {
            return new NotFound(spot.path() + " looks like a script, and ends in none of scriptExtensions " + names.extensions(), true);
        }
        return serve(root, spot.path(), path.encoded(), true);
    }

    private Decision directory(Path root, Spot spot, UrlPath path) {
        UrlPath other = tried.foundBeforeDirectory(root, path, policy);
        if (other != null || !tried.directories()) {
            return nothing(root, spot, path);
        }
        if (!path.endsWithSlash()) {
            return redirect(root, spot, path);
        }
        for (String name : index) {
            Path file = spot.path().resolve(name);
            if (Files.isRegularFile(file)) {
                return names.runs(name)
                        ? script(root, file, path.first(spot.depth()) + "/" + name, null, null)
                        : serve(root, file, path.encoded() + "/" + PercentCode.encode(name), false);
            }
        }
        return policy.lists() ? new Listing(root, spot.path(), path, policy, child -> decide(root, child)).made()
                : nothing(root, spot, path);
    }

    Decision redirect(Path root, Spot spot, UrlPath path) {
        Decision refusal = files.at(root, spot.path()).refusal();
        return refusal != null ? refusal : new Redirect(path.encoded() + "/");
    }

    /** A script that we may not read still runs: whether it may be read is for PHP-FPM's user to find out. */
    private Decision script(Path root, Path file, String scriptName, @Nullable String pathInfo, @Nullable Query query) {
        RealFile real = files.at(root, file);
        if (real.refusal() != null) {
            return real.refusal();
        }
        if (!names.runs(real.name())) {
            return new Forbidden(file + " leads to " + real.path() + ", which ends in none of scriptExtensions " + names.extensions());
        }
        if (runsNothing(root, file) || !real.path().equals(file) && runsNothing(root, real.path())) {
            return new Forbidden(file + " is where scripts do not run (noExec)");
        }
        return new RunScript(scriptName, fpm.filename(root, file, real.path()), fpm.documentRoot(root), real.path(), pathInfo, query,
                List.of());
    }

    private boolean runsNothing(Path root, Path file) {
        return policy.hasNoExec() && file.startsWith(root) && policy.runsNothingIn(root.relativize(file));
    }

    private Decision serve(Path root, Path file, String urlPath, boolean asRequested) {
        RealFile real = files.at(root, file);
        if (real.refusal() != null) {
            return real.refusal();
        }
        if (names.looksLikeScript(real.name())) {
            // srclink.txt -> secret.php: every peer that was tried sends the source.
            return new Forbidden(file + " leads to " + real.path() + ", which looks like a script");
        }
        if (policy.isConfiguration(real.path())) {
            return new NotFound("it is our own configuration", true);
        }
        if (!Files.isReadable(real.path())) {
            return new Forbidden("this process may not read " + real.path());
        }
        Path below = root.relativize(file);
        return new ServeFile(real.path(), documentRoot.resolve(below), urlPath, asRequested, !real.path().equals(file),
                policy.cacheControl(below));
    }

    /** What may not be looked into is not called missing, and nobody learns what is in a directory outside the root. */
    Decision nothing(Path root, Spot spot, UrlPath path) {
        Path directory = spot.directory(root);
        Decision refusal = directory.equals(root) ? null : files.at(root, directory).refusal();
        if (refusal != null) {
            return refusal;
        }
        if (!Files.isExecutable(directory)) {
            return new Forbidden("this process may not enter " + directory);
        }
        UrlPath other = tried.found(root, path, policy);
        if (other != null) {
            Decision found = decide(root, Spot.find(root, other), other);
            return found instanceof ServeFile file ? file.forAnotherUrl() : found;
        }
        return tried.fallback() != null ? fallback(root, tried.fallback(), path) : missing(spot, path);
    }

    private Decision fallback(Path root, Fallback to, UrlPath path) {
        String name = to.name();
        Path file = Spot.below(root, name);
        if (!Files.isRegularFile(file)) {
            return new NotFound("it is no file, and neither is fallback " + file, true);
        }
        return names.runs(name)
                ? script(root, file, name, to.pathInfoFor(path), to.queryFor(path))
                : serve(root, file, to.script().encoded(), false);
    }

    private Decision missing(Spot spot, UrlPath path) {
        if (tried.status() != NOT_FOUND) {
            return new Refused(tried.status(), "nothing of tryFiles is there");
        }
        boolean suspicious = spot.kind() == Spot.Kind.FILE || path.searchable() < path.length();
        for (int i = 0; i < path.length() && !suspicious; i++) {
            suspicious = names.looksLikeScript(path.name(i));
        }
        return new NotFound("there is no such file below " + spot.directory(documentRoot), suspicious);
    }

    /** What is here for a URL that is no script's, where the scripts are elsewhere; null if nothing is. */
    @Nullable
    Decision besideScripts(UrlPath path) {
        Path root = Files.isDirectory(documentRoot) ? realRoot() : null;
        Spot spot = root == null ? null : Spot.find(root, path);
        if (root == null || spot == null || path.after(spot.depth()) != null) {
            return null;
        }
        return switch (spot.kind()) {
            case FILE -> plainFile(root, spot, path);
            case DIRECTORY -> tried.directories() ? redirect(root, spot, path) : null;
            case NOTHING -> null;
        };
    }
}
