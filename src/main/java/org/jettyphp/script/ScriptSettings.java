package org.jettyphp.script;

import java.nio.file.Path;
import java.util.List;
import org.jettyphp.setting.Setting;
import org.jspecify.annotations.Nullable;

/** Which files there are, and which of them are scripts. */
public record ScriptSettings(
        @Setting(text = "Directory of the application, as this server sees it. Default: the DIR argument, or the web application's own directory")
        @Nullable Path documentRoot,
        @Setting(text = "The same directory as PHP-FPM sees it, where that differs (another machine or container). Default: documentRoot")
        @Nullable Path scriptRoot,
        @Setting(byDefault = "php", text = "Endings, without the dot, of the files that are scripts; case matters. PHP-FPM's security.limit_extensions must have them too")
        List<String> scriptExtensions,
        @Setting(byDefault = "true", text = "Whether a script must exist as a regular file here; false where the files are on PHP-FPM's side only")
        boolean checkFile,
        @Setting(byDefault = "index.php index.html", text = "Files that answer for a directory; the first one that exists")
        List<String> index,
        @Setting(text = "What answers a URL that is no file (front controller): /index.php, /index.php$path with the path as PATH_INFO, or /index.php?q=$path")
        @Nullable String fallback) {

    public ScriptSettings {
        if (scriptExtensions.isEmpty()) {
            throw new IllegalArgumentException("scriptExtensions is empty: nothing would run");
        }
        for (String extension : scriptExtensions) {
            if (!extension.matches("[A-Za-z0-9]+(\\.[A-Za-z0-9]+)*")) {
                throw new IllegalArgumentException("scriptExtensions has '" + extension + "'; endings are letters and digits, without the leading dot");
            }
        }
        for (String name : index) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
                throw new IllegalArgumentException("index has '" + name + "'; it names files within the directory");
            }
        }
        if (fallback != null) {
            Fallback.parse(fallback);
        }
    }

    /** The same for another directory. */
    public ScriptSettings withDocumentRoot(Path root) {
        return new ScriptSettings(root, scriptRoot, scriptExtensions, checkFile, index, fallback);
    }
}
