package org.jettyphp.script;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jettyphp.htaccess.PhpValue;
import org.jspecify.annotations.Nullable;

/** What a URL means. Reasons are for the log only: they name files of this machine. They hold no control character. */
public sealed interface Decision {

    /**
     * PHP runs.
     *
     * @param scriptName the script's URL path below the context, decoded: {@code /index.php}
     * @param filename the script's path as PHP-FPM sees it
     * @param documentRoot the document root as PHP-FPM sees it
     * @param file the script's real path here; with {@code checkFile=false} the path by name, of which nothing is known
     * @param pathInfo what follows the script's name, decoded, beginning with a slash; null if nothing does
     * @param query the whole query if the fallback or a rewriting defines one, the request's own included; null: the request's own stays as it is
     * @param php what the application's own rules ask of PHP for this script besides what all have; the strongest last
     */
    record RunScript(String scriptName, String filename, String documentRoot, Path file, @Nullable String pathInfo, @Nullable Query query,
            List<PhpValue> php)
            implements
                Decision {

        RunScript withQuery(Query another) {
            return new RunScript(scriptName, filename, documentRoot, file, pathInfo, another, php);
        }

        RunScript withPhp(List<PhpValue> values) {
            return new RunScript(scriptName, filename, documentRoot, file, pathInfo, query, values);
        }
    }

    /**
     * A directory without its slash: 301.
     *
     * @param location the path below the context, percent-encoded, with exactly one leading and one final slash, so that it never begins
     *        with {@code //host}; without the query
     */
    record Redirect(String location) implements Decision {}

    /**
     * The application's own rules send the client elsewhere.
     *
     * @param status from 300 to 399
     * @param location a whole URL, or a path of this server with the context path; percent-encoded, with its query
     */
    record Elsewhere(int status, String location) implements Decision {}

    /**
     * The application's own rules refuse it, or answer it with nothing but a status.
     *
     * @param status from 400 on, or from 200 to 299
     */
    record Refused(int status, String reason) implements Decision {}

    /**
     * A file to be sent as it is.
     *
     * @param file its real path
     * @param named how it is found by name, below the document root as it was set
     * @param path its URL path below the context, percent-encoded: of the index or fallback where that is the file
     * @param asRequested false if the URL is another one than {@code path}: an index or the fallback
     * @param linked whether a symbolic link below the document root leads to it, so that {@code file} is not what {@code path} spells
     * @param cacheControl its Cache-Control; null: none of ours
     */
    record ServeFile(Path file, Path named, String path, boolean asRequested, boolean linked,
            @Nullable String cacheControl) implements Decision {

        ServeFile forAnotherUrl() {
            return new ServeFile(file, named, path, false, linked, cacheControl);
        }
    }

    /**
     * A directory whose content is shown.
     *
     * @param path its path below the context, decoded, with a final slash; {@code /} for the root
     * @param children what a client may ask for in it, directories first, by name
     */
    record ListDirectory(String path, List<Child> children) implements Decision {}

    /**
     * A file or directory in a {@link ListDirectory}.
     *
     * @param link relative to the directory, percent-encoded, with a final slash if it is a directory itself
     * @param size in bytes; of a directory, of no meaning
     */
    record Child(String name, String link, boolean directory, long size, Instant modified) {}

    /**
     * There is nothing: 404.
     *
     * @param forEveryone true if nobody else, such as the container's default servlet, may look for it either: the name looks like a
     *        script's, is never served, or would mean another file to somebody who decodes it differently
     */
    record NotFound(String reason, boolean forEveryone) implements Decision {}

    /** There is something that must not be used: 403. */
    record Forbidden(String reason) implements Decision {}

    /** The path cannot be used: 400. */
    record BadRequest(String reason) implements Decision {}
}
