package org.jettyphp.script;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a URL means. */
public sealed interface Decision {

    /**
     * PHP runs.
     *
     * @param scriptName the script's URL path below the context, decoded
     * @param filename the script's path as PHP-FPM sees it
     * @param documentRoot the document root as PHP-FPM sees it
     * @param pathInfo decoded; null if there is none
     * @param query what the fallback makes of the query; null: the request's own
     */
    record RunScript(String scriptName, String filename, String documentRoot, @Nullable String pathInfo, @Nullable String query) implements Decision {}

    /** A directory without its slash: the path, percent-encoded, with one leading and one final slash. */
    record Redirect(String location) implements Decision {}

    /**
     * A file to be sent as it is.
     *
     * @param path its URL path below the context, percent-encoded
     * @param asRequested false if another URL named it: an index or the fallback
     */
    record ServeFile(Path file, String path, boolean asRequested) implements Decision {}

    /**
     * There is nothing.
     *
     * @param scriptLike whether the name looks like a script's: then nobody else may serve it either
     */
    record NotFound(boolean scriptLike) implements Decision {}

    /** There is something that must not be served. */
    record Forbidden(String reason) implements Decision {}

    /** The path cannot be used. */
    record BadRequest(String reason) implements Decision {}
}
