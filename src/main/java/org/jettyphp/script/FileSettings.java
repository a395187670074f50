package org.jettyphp.script;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jettyphp.setting.Setting;

/** Which files are for nobody, which do not run, where links may lead, and how long others may keep a copy. */
public record FileSettings(
        @Setting(byDefault = ".* *~ #*# *.bak *.orig *.save *.swp *.swo *.old *.inc *.sql *.sqlite *.log *.env *.ini *.pem *.key "
                + "composer.json composer.lock package.json package-lock.json yarn.lock /vendor/**/*.php", adds = true, text = "What "
                        + "is never served and never run (404), beside the names by default: names, with * and ?, of files and directories at "
                        + "any depth (*.sql), or paths below the document root with all that is below them (/private, /vendor/**/*.php); "
                        + "case does not matter, and a compressed copy (dump.sql.gz) is denied with what it is of. Always so: WEB-INF, META-INF, the file of --config, and what looks like a script and does not run")
        List<String> deny,
        @Setting(byDefault = ".well-known", adds = true, text = "What is served although deny has it, in the same notation: a name where that "
                + "name itself is denied, or a path with all that is below it")
        List<String> allow,
        @Setting(adds = true, text = "Where scripts do not run (403), beside where a preset has it so, in the notation of deny: /wp-content/uploads, /files")
        List<String> noExec,
        @Setting(text = "Directories outside the document root that symbolic links below it may lead to, absolute: "
                + "/usr/share/javascript /etc/wordpress. Links elsewhere get 403")
        List<String> allowedRoots,
        @Setting(text = "cacheControl.PATTERN=max-age=86400 is the Cache-Control of the plain files that PATTERN means, in the notation of deny: "
                + "cacheControl.*.css, cacheControl./assets; the longest one that fits counts")
        Map<String, String> cacheControl,
        @Setting(byDefault = "br zstd gzip", text = "Compressed siblings of plain files, such as site.css.br, that are sent to clients who take "
                + "them, the best first: br (.br), zstd (.zst), gzip (.gz). By the main class and the Jetty module only")
        List<String> precompressed,
        @Setting(byDefault = "false", text = "Whether a directory without an index shows what is in it, before the fallback: what would be "
                + "served or run if it was asked for, and nothing else")
        boolean listing) {

    private static final List<String> ENCODINGS = List.of("br", "zstd", "gzip");


    /** @throws IllegalArgumentException if a value cannot be used; the message begins with the setting's name and says what to change */
    public FileSettings {
        deny = List.copyOf(deny);
        allow = List.copyOf(allow);
        noExec = List.copyOf(noExec);
        allowedRoots = List.copyOf(allowedRoots);
        cacheControl = Map.copyOf(cacheControl);
        precompressed = List.copyOf(precompressed);
        PathPattern.parse("deny", deny);
        PathPattern.parse("allow", allow);
        PathPattern.parse("noExec", noExec);
        allowedRoots.forEach(FileSettings::root);
        for (String encoding : precompressed) {
            if (!ENCODINGS.contains(encoding)) {
                throw new IllegalArgumentException("precompressed has '" + encoding + "'; there are " + String.join(", ", ENCODINGS));
            }
        }
        cacheControl.keySet().forEach(pattern -> PathPattern.parse("cacheControl", pattern));
    }

    static Path root(String text) {
        try {
            Path root = Path.of(text);
            if (root.isAbsolute()) {
                return root;
            }
        } catch (InvalidPathException unusable) {
            throw new IllegalArgumentException("allowedRoots has '" + text + "': " + unusable.getReason(), unusable);
        }
        throw new IllegalArgumentException("allowedRoots has '" + text + "', which is relative; write it absolute");
    }
}
