package org.jettyphp.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jettyphp.htaccess.Additions;
import org.jettyphp.htaccess.Htaccess;
import org.jettyphp.script.Decision.RunScript;
import org.jspecify.annotations.Nullable;

/**
 * Scripts to which URLs have led by their own names alone: no link, no index, no path info, no rules. While the file is the same and there still is no
 * {@code .htaccess} on the way to it, nothing can decide otherwise; both are asked for each request, so that a change counts from the next one on.
 * Remembered for a second, as {@link PathMemory} has it, and bounded: of other spellings a client could think up any number, each as long as a URL
 * may be. Any thread.
 */
final class KnownScripts {

    private record Known(Path root, FileIdentity identity, List<Path> directories, Resolution resolution, long at) {}

    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final @Nullable Htaccess htaccess;
    private final LongSupplier nanoTime;

    /** @param htaccess null: such files mean nothing */
    KnownScripts(@Nullable Htaccess htaccess, LongSupplier nanoTime) {
        this.htaccess = htaccess;
        this.nanoTime = nanoTime;
    }

    /**
     * What this URL led to, if it still does.
     *
     * @param root the real document root
     */
    @Nullable
    Resolution find(String rawPath, Path root) {
        Known before = known.get(rawPath);
        if (before == null) {
            return null;
        }
        if (before.root.equals(root) && nanoTime.getAsLong() - before.at < PathMemory.REMEMBERED_NANOS && isWithoutRules(before.directories)
                && before.resolution.decision() instanceof RunScript script
                && before.identity.equals(FileIdentity.ofNoLink(script.file()))) {
            return before.resolution;
        }
        known.remove(rawPath, before);
        return null;
    }

    /** Remembers where a URL has led without rules, if it is of the kind for which that can be said. */
    void remember(String rawPath, UrlPath path, Path root, Resolution resolution) {
        if (!(resolution.decision() instanceof RunScript script) || script.query() != null || !resolution.additions().equals(Additions.NONE)
                || !rawPath.equals(script.scriptName()) || !script.scriptName().equals(path.first(path.length()))
                || !script.file().equals(root.resolve(script.scriptName().substring(1)))) {
            return;
        }
        // Before it is looked at: what takes its place from now on is another one.
        FileIdentity identity = FileIdentity.ofNoLink(script.file());
        if (identity == null || !isRealFile(script.file())) {
            return;
        }
        List<Path> directories = new ArrayList<>(2);
        for (Path at = script.file().getParent(); at != null && at.startsWith(root); at = at.getParent()) {
            directories.add(at);
        }
        if (known.size() >= PathMemory.MOST) {
            known.clear();
        }
        known.put(rawPath, new Known(root, identity, directories, resolution, nanoTime.getAsLong()));
    }

    /** Asked afresh: what {@link PathMemory} knows may be a second old already, and two would be too much. */
    private static boolean isRealFile(Path file) {
        try {
            return Files.isRegularFile(file) && file.toRealPath().equals(file);
        } catch (IOException gone) {
            return false;
        }
    }

    private boolean isWithoutRules(List<Path> directories) {
        if (htaccess == null) {
            return true;
        }
        for (Path each : directories) {
            if (htaccess.isIn(each)) {
                return false;
            }
        }
        return true;
    }
}
