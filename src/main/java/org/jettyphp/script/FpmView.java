package org.jettyphp.script;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The names of files as PHP-FPM sees them. Where it sees the same files, it gets real paths: after an atomic deploy ({@code current ->
 * releases/43}) opcache then never takes an old release's code for the new one's.
 *
 * @param scriptRoot the document root over there; null: the same as here
 */
record FpmView(@Nullable String scriptRoot) {

    static FpmView of(ScriptSettings settings) {
        Path here = settings.documentRoot();
        Path there = settings.scriptRoot();
        boolean same = there == null || here != null && there.normalize().equals(here.toAbsolutePath().normalize());
        return new FpmView(there == null || same ? null : there.toString());
    }

    String documentRoot(Path root) {
        return scriptRoot == null ? root.toString() : scriptRoot;
    }

    /**
     * The script's name over there.
     *
     * @param real its real path here; where that is outside the root, and the roots differ, only the name below the root is known over there
     */
    String filename(Path root, Path file, Path real) {
        return scriptRoot == null ? real.toString() : below(scriptRoot, "/" + root.relativize(real.startsWith(root) ? real : file));
    }

    /** The root may be "/", in a chroot. */
    static String below(String root, String path) {
        return root.endsWith("/") ? root + path.substring(1) : root + path;
    }
}
