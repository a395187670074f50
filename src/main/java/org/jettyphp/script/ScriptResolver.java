package org.jettyphp.script;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jettyphp.script.Decision.BadRequest;
import org.jettyphp.script.Decision.Forbidden;
import org.jettyphp.script.Decision.NotFound;
import org.jettyphp.script.Decision.Redirect;
import org.jettyphp.script.Decision.RunScript;
import org.jettyphp.script.Decision.ServeFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what a URL means by asking the file system.
 *
 * <p>One decision, one file: the path is decoded once, the file's real path is taken once, must lie within the document root's, and its real
 * name decides whether it runs; that real path is what PHP-FPM is told. So neither a link nor an encoding can make one thing be checked and
 * another one run. The root's own link is read afresh for each request: a deploy that switches it takes effect with the next one.
 */
public final class ScriptResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptResolver.class);

    private final ScriptSettings settings;
    private final Path documentRoot;
    private final ScriptNames names;
    private final @Nullable Fallback fallback;
    private final AtomicBoolean warnedOfEncoding = new AtomicBoolean();

    /**
     * Prepares the resolver.
     *
     * @throws IllegalArgumentException if there is no such directory
     */
    public ScriptResolver(ScriptSettings settings) {
        this.settings = settings;
        if (settings.documentRoot() == null) {
            throw new IllegalArgumentException("documentRoot is not set");
        }
        this.documentRoot = settings.documentRoot().toAbsolutePath().normalize();
        if (settings.checkFile() && !Files.isDirectory(documentRoot)) {
            throw new IllegalArgumentException("documentRoot " + documentRoot + " is no directory, or this user cannot see it");
        }
        this.names = new ScriptNames(settings.scriptExtensions());
        this.fallback = settings.fallback() == null ? null : Fallback.parse(settings.fallback());
    }

    /**
     * Decides.
     *
     * @param rawPath the URL path below the context as it was sent, percent-encoded
     * @param query the request's own, for a fallback that extends it
     */
    public Decision resolve(String rawPath, @Nullable String query) {
        UrlPath path;
        try {
            path = UrlPath.decode(rawPath);
        } catch (UnusablePathException unusable) {
            return new BadRequest(unusable.getMessage());
        }
        if (path.length() > 0 && isReserved(path.name(0))) {
            return new NotFound(true);
        }
        try {
            Decision decision = settings.checkFile() ? onDisk(path) : byName(path);
            boolean missing = decision instanceof NotFound;
            return missing && fallback != null ? fallback(fallback, path, query) : decision;
        } catch (InvalidPathException unmappable) {
            warnOfEncoding(unmappable);
            return new NotFound(true);
        } catch (IOException failed) {
            return new Forbidden("the file system said: " + failed);
        }
    }

    private static boolean isReserved(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("WEB-INF") || upper.equals("META-INF");
    }

    private Decision onDisk(UrlPath path) throws IOException {
        Path root = documentRoot.toRealPath();
        Path whole = file(root, path, path.length());
        BasicFileAttributes of = whole == null ? null : attributes(whole);
        if (whole == null || of == null) {
            return leftmostFile(root, path);
        }
        if (of.isDirectory()) {
            return directory(root, whole, path);
        }
        return file(root, whole, path, path.length(), of);
    }

    /** The whole path names nothing, so one of its prefixes may be a file, with path info behind it. */
    private Decision leftmostFile(Path root, UrlPath path) throws IOException {
        for (int count = 1; count < path.length(); count++) {
            Path prefix = file(root, path, count);
            BasicFileAttributes of = prefix == null ? null : attributes(prefix);
            if (prefix == null || of == null) {
                break;
            }
            if (!of.isDirectory()) {
                return file(root, prefix, path, count, of);
            }
        }
        return missing(path);
    }

    private NotFound missing(UrlPath path) {
        for (int i = 0; i < path.length(); i++) {
            if (names.looksLikeScript(path.name(i))) {
                return new NotFound(true);
            }
        }
        return new NotFound(false);
    }

    private Decision file(Path root, Path file, UrlPath path, int count, BasicFileAttributes of) throws IOException {
        if (!of.isRegularFile()) {
            return new Forbidden(file + " is neither a file nor a directory");
        }
        Path real = file.toRealPath();
        if (!real.startsWith(root)) {
            return new Forbidden(file + " leads to " + real + ", which is outside the document root " + root);
        }
        String realName = real.getFileName().toString();
        String rest = path.rest(count);
        if (names.isScript(realName)) {
            return script(path.prefix(count), root, real, rest.isEmpty() ? null : rest);
        }
        if (names.looksLikeScript(path.name(count - 1))) {
            return new NotFound(true);
        }
        if (names.looksLikeScript(realName)) {
            return new Forbidden(file + " leads to " + real + ", which looks like a script and is none of " + settings.scriptExtensions());
        }
        return rest.isEmpty() ? new ServeFile(real, path.encoded(), true) : missing(path);
    }

    private RunScript script(String scriptName, Path root, Path real, @Nullable String pathInfo) {
        Path scriptRoot = settings.scriptRoot();
        if (scriptRoot == null || scriptRoot.equals(documentRoot)) {
            return new RunScript(scriptName, real.toString(), root.toString(), pathInfo, null);
        }
        return new RunScript(scriptName, scriptRoot + "/" + root.relativize(real), scriptRoot.toString(), pathInfo, null);
    }

    private Decision directory(Path root, Path directory, UrlPath path) throws IOException {
        if (!directory.toRealPath().startsWith(root)) {
            return new Forbidden(directory + " leads outside the document root " + root);
        }
        if (!path.endsWithSlash()) {
            return new Redirect(path.encoded() + "/");
        }
        for (String name : settings.index()) {
            Path file = directory.resolve(name);
            BasicFileAttributes of = attributes(file);
            if (of != null && of.isRegularFile()) {
                UrlPath withIndex = path.child(name);
                Decision decision = file(root, file, withIndex, withIndex.length(), of);
                return decision instanceof ServeFile found ? new ServeFile(found.file(), found.path(), false) : decision;
            }
        }
        return new NotFound(false);
    }

    /** The fallback itself must exist, and gets no fallback. */
    private Decision fallback(Fallback to, UrlPath requested, @Nullable String query) throws IOException {
        UrlPath path;
        try {
            path = UrlPath.decode(to.script());
        } catch (UnusablePathException unusable) {
            throw new IllegalStateException("fallback " + to.script() + ": " + unusable.getMessage(), unusable);
        }
        Decision decision = settings.checkFile() ? onDisk(path) : byName(path);
        String asked = requested.rest(0);
        if (decision instanceof RunScript script) {
            return new RunScript(script.scriptName(), script.filename(), script.documentRoot(), to.pathInfo() ? asked : script.pathInfo(),
                    to.query(asked, query));
        }
        return decision instanceof ServeFile found ? new ServeFile(found.file(), found.path(), false) : decision;
    }

    /** The scripts are on PHP-FPM's side only: their names must do. */
    private Decision byName(UrlPath path) {
        Path scriptRoot = settings.scriptRoot() == null ? documentRoot : settings.scriptRoot();
        for (int count = 1; count <= path.length(); count++) {
            String name = path.name(count - 1);
            if (isPlain(name) && names.isScript(name)) {
                String rest = path.rest(count);
                return new RunScript(path.prefix(count), scriptRoot + path.prefix(count), scriptRoot.toString(), rest.isEmpty() ? null : rest, null);
            }
            if (!isPlain(name) || names.looksLikeScript(name)) {
                return new NotFound(true);
            }
        }
        Path file = file(documentRoot, path, path.length());
        if (!path.endsWithSlash()) {
            boolean here = file != null && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
            return here ? new ServeFile(file, path.encoded(), true) : new NotFound(false);
        }
        for (String name : settings.index()) {
            if (names.isScript(name)) {
                return byName(path.child(name));
            }
        }
        return new NotFound(false);
    }

    private static boolean isPlain(String name) {
        return name.indexOf('/') < 0 && name.indexOf('\\') < 0;
    }

    /** The file of the first segments; null if one of them cannot be a file's name. */
    private static @Nullable Path file(Path root, UrlPath path, int count) {
        Path file = root;
        for (int i = 0; i < count; i++) {
            if (!isPlain(path.name(i))) {
                return null;
            }
            file = file.resolve(path.name(i));
        }
        return file;
    }

    /** Null if there is nothing, be it that a directory on the way is none or that a name is too long to exist. */
    private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException missing) {
            return null;
        } catch (AccessDeniedException closed) {
            throw closed;
        } catch (FileSystemException notADirectoryOrTooLong) {
            return null;
        }
    }

    private void warnOfEncoding(InvalidPathException unmappable) {
        if (!warnedOfEncoding.getAndSet(true)) {
            LOG.warn("File names beyond ASCII cannot be opened, because this process runs with the character encoding {} (sun.jnu.encoding): "
                    + "start it with LC_ALL=C.UTF-8 in its environment. First seen: {}", System.getProperty("sun.jnu.encoding"), unmappable.getMessage());
        }
    }
}
