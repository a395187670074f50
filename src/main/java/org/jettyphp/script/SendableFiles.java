package org.jettyphp.script;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that PHP may have sent in the place of its own body. By their real paths they lie in one of {@code sendfileRoots} or behind an
 * {@code internalLocation}; {@code deny} is about what clients ask for and does not count here. Source is never sent.
 *
 * <p>Paths may be percent-encoded or not: applications do both, and so do the servers that know these headers. What is there as it is
 * written counts first; either way it must lie where it may.
 */
public final class SendableFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SendableFiles.class);

    private final List<Path> roots;
    private final Map<String, Path> locations;
    private final ScriptNames names;
    private final ServingPolicy policy;

    /** One of the two is meaningful: the file's real path, or, if that is null, why there is none. */
    public record Found(@Nullable Path file, String refusal) {}

    /** @param configuration our own configuration files, which are never sent, whatever their names */
    public SendableFiles(FileSettings settings, ScriptSettings scripts, List<Path> configuration) {
        names = new ScriptNames(scripts.scriptExtensions());
        policy = ServingPolicy.of(settings, names, configuration);
        locations = new LinkedHashMap<>();
        settings.internalLocation().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparingInt(String::length).reversed()))
                .forEach(entry -> locations.put(withoutSlash(entry.getKey()), FileSettings.location(entry.getKey(), entry.getValue())));
        roots = Stream.concat(settings.sendfileRoots().stream().map(root -> FileSettings.root("sendfileRoots", root)),
                locations.values().stream()).toList();
        roots.stream().filter(root -> !Files.isDirectory(root)).forEach(root -> LOG.warn("No file can be sent from {} until there is"
                + " such a directory that this process may enter: sendfileRoots or internalLocation names it", root));
    }

    private static String withoutSlash(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    /** Whether there may be any. */
    public boolean areThere() {
        return !roots.isEmpty();
    }

    /**
     * Finds what a header names. Any thread; blocks for a few {@code stat} calls.
     *
     * @param value of the header, one char for each byte
     * @param url whether it is a URL's path, for which there may be an {@code internalLocation}
     */
    public Found find(String value, boolean url) {
        String named;
        try {
            named = UTF_8.newDecoder().decode(ByteBuffer.wrap(value.getBytes(ISO_8859_1))).toString();
        } catch (CharacterCodingException malformed) {
            return refused("what is no UTF-8");
        }
        String path = url ? named.split("\\?", 2)[0] : named;
        Found asItIs = look(path, url);
        if (asItIs.file() != null || path.indexOf('%') < 0) {
            return asItIs;
        }
        try {
            Found decoded = look(PercentCode.decode(path), url);
            return decoded.file() != null ? decoded : asItIs;
        } catch (UnusablePathException notEncoded) {
            return asItIs;
        }
    }

    private Found look(String path, boolean url) {
        try {
            Path file = url ? located(path) : Path.of(path);
            if (path.endsWith("/")) {
                return refused(path + ", which names a directory");
            }
            if (!file.isAbsolute()) {
                return refused(path + ", which is relative; write it absolute");
            }
            Path real = file.toRealPath();
            Path root = root(real);
            return root == null
                    ? refused(path + ", which is " + real
                            + ", in none of sendfileRoots and behind no internalLocation; add its directory to one of them")
                    : allowed(path, file, real, root);
        } catch (IOException | InvalidPathException missing) {
            return refused(path + ", which cannot be opened: " + missing);
        }
    }

    private Path located(String path) {
        for (Map.Entry<String, Path> location : locations.entrySet()) {
            String prefix = location.getKey();
            if (path.startsWith(prefix + "/")) {
                return Path.of(location.getValue() + path.substring(prefix.length()));
            }
        }
        return Path.of(path);
    }

    private @Nullable Path root(Path real) {
        for (Path allowed : roots) {
            try {
                Path root = allowed.toRealPath();
                if (real.startsWith(root) && !real.equals(root)) {
                    return root;
                }
            } catch (IOException missing) {
                // Then nothing is in it.
            }
        }
        return null;
    }

    private Found allowed(String path, Path file, Path real, Path root) {
        for (Path name : root.relativize(real)) {
            if (ServingPolicy.isPrivate(name.toString())) {
                return refused(path + ", which is private to a web application");
            }
        }
        if (names.looksLikeScript(String.valueOf(file.getFileName())) || names.looksLikeScript(String.valueOf(real.getFileName()))) {
            return refused(path + ", which looks like a script");
        }
        if (policy.isConfiguration(real)) {
            return refused(path + ", which is our own configuration");
        }
        if (!Files.isRegularFile(real) || !Files.isReadable(real)) {
            return refused(path + ", which is no file that this process may read");
        }
        return new Found(real, "");
    }

    /** Whoever reads the log must not take a part of a path for another line of it. */
    private static Found refused(String reason) {
        return new Found(null, reason.codePoints().anyMatch(Character::isISOControl) ? "a path with control characters" : reason);
    }
}
