package org.jettyphp.script;

import java.nio.file.Path;
import java.util.List;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** Which files there are, and which of them are scripts. */
public record ScriptSettings(
        @Setting(text = "Directory of the application, as this server sees it; in a web application relative to its own directory: public. "
                + "Default: the DIR argument, or the web application's own directory")
        @Nullable Path documentRoot,
        @Setting(text = "The same directory as PHP-FPM sees it, absolute, where that differs (another machine or container). Default: "
                + "documentRoot")
        @Nullable Path scriptRoot,
        @Setting(byDefault = "php", text = "Endings, without the dot, of the files that are scripts; case matters. PHP-FPM's "
                + "security.limit_extensions must have them too")
        List<String> scriptExtensions,
        @Setting(byDefault = "true", text = "Whether a script must exist as a regular file here; false where the files are on "
                + "PHP-FPM's side only: then the first segment that ends like a script is one, and PHP-FPM's security.limit_extensions "
                + "must not be empty")
        boolean checkFile,
        @Setting(byDefault = "index.php index.html", text = "Files that answer for a directory; the first one that exists. With "
                + "checkFile=false the first script")
        List<String> index,
        @Setting(text = "What answers a URL that is no file (front controller): /index.php, /index.php$path with the path as PATH_INFO, "
                + "or /index.php?q=$path with it in the query, followed by the request's own")
        @Nullable String fallback,
        @Setting(text = "The same in nginx's notation, in the place of fallback: $uri $uri/ /index.php?$args. What is looked for in order: $uri, what the URL "
                + "names (always first); $uri/, directories, with a slash and an index; other files, such as $uri.html; and last what answers, "
                + "whose query is all that PHP gets ($args, $query_string and $is_args stand for the request's own), or =404")
        @Nullable String tryFiles) {

    /** @throws IllegalArgumentException if a value cannot be used; the message begins with the setting's name and says what to change */
    public ScriptSettings {
        scriptExtensions = List.copyOf(scriptExtensions);
        index = List.copyOf(index);
        if (scriptRoot != null && !scriptRoot.isAbsolute()) {
            throw new IllegalArgumentException("scriptRoot '" + scriptRoot + "' is relative, and PHP-FPM has another current "
                    + "directory; write it absolute");
        }
        if (scriptExtensions.isEmpty()) {
            throw new IllegalArgumentException("scriptExtensions is empty, so nothing would run; the default is php");
        }
        for (String extension : scriptExtensions) {
            if (!extension.matches("[A-Za-z0-9]+")) {
                throw new IllegalArgumentException("scriptExtensions has '" + extension
                        + "'; write letters and digits only, php and not .php");
            }
        }
        index.forEach(ScriptSettings::checkIndex);
        if (fallback != null) {
            Fallback.parse(fallback, new ScriptNames(scriptExtensions));
        }
        if (tryFiles != null && fallback != null) {
            throw new IllegalArgumentException("tryFiles and fallback are both set, and the last element of tryFiles is the fallback; leave one out");
        }
        if (tryFiles != null && TryFiles.parse(tryFiles, new ScriptNames(scriptExtensions)).triesFiles() && !checkFile) {
            throw new IllegalArgumentException("tryFiles '" + tryFiles + "' has other files than $uri, and with checkFile=false nobody can look "
                    + "whether they are there; leave $uri, $uri/ and the last element");
        }
    }

    private static void checkIndex(String name) {
        boolean aFile = !name.isBlank() && !name.equals(".") && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ');
        if (!aFile || name.startsWith(".") || ServingPolicy.isPrivate(name)) {
            throw new IllegalArgumentException("index has '" + name + "'; write names of files within the directory, such as index.php");
        }
    }

    TryFiles tried() {
        ScriptNames names = new ScriptNames(scriptExtensions);
        return tryFiles != null ? TryFiles.parse(tryFiles, names)
                : TryFiles.directoriesThen(fallback == null ? null : Fallback.parse(fallback, names));
    }

    /** The same for another directory. */
    public ScriptSettings withDocumentRoot(Path root) {
        return new ScriptSettings(root, scriptRoot, scriptExtensions, checkFile, index, fallback, tryFiles);
    }
}
