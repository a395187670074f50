package org.jettyphp.script;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jettyphp.htaccess.SettingRules;
import org.jettyphp.setting.Setting;
import org.jettyphp.setting.TextLines;

/** Which files are for nobody, which do not run, where links may lead, and how long others may keep a copy. */
public record FileSettings(
        @Setting(byDefault = ".* *~ #*# *.bak *.orig *.save *.swp *.swo *.old *.inc *.sql *.sqlite *.log *.env *.ini *.pem *.key "
                + "composer.json composer.lock package.json package-lock.json yarn.lock /vendor/**/*.php", adds = true, text = "What "
                        + "is never served and never run (404), beside the names by default: names, with * and ?, of files and directories at "
                        + "any depth (*.sql), or paths below the document root with all that is below them (/private, /vendor/**/*.php); "
                        + "case does not matter, and a compressed copy (dump.sql.gz) is denied with what it is of. Always so: WEB-INF, META-INF, the files of --config and rewrite, and what looks like a script and does not run")
        List<String> deny,
        @Setting(byDefault = ".well-known", adds = true, text = "What is served although deny has it, in the same notation: a name where that "
                + "name itself is denied, or a path with all that is below it")
        List<String> allow,
        @Setting(adds = true, text = "Where scripts do not run (403), beside where a preset has it so, in the notation of deny: /wp-content/uploads, /files")
        List<String> noExec,
        @Setting(text = "Directories outside the document root that symbolic links below it may lead to, absolute: "
                + "/usr/share/javascript /etc/wordpress. Links elsewhere get 403")
        List<String> allowedRoots,
        @Setting(text = "Directories, absolute, of which PHP may have a file sent in the place of its own body, without its worker: header('X-Sendfile: /srv/private/a.zip'). "
                + "Other files get 404. Where neither this nor internalLocation is set, such headers mean nothing and are removed")
        List<String> sendfileRoots,
        @Setting(text = "internalLocation./protected=/srv/private is the directory, absolute, behind what PHP names in X-Accel-Redirect or X-LiteSpeed-Location: "
                + "/protected/a.zip. The longest one that fits counts; no client can ask for it")
        Map<String, String> internalLocation,
        @Setting(text = "cacheControl.PATTERN=max-age=86400 is the Cache-Control of the plain files that PATTERN means, in the notation of deny: "
                + "cacheControl.*.css, cacheControl./assets; the longest one that fits counts")
        Map<String, String> cacheControl,
        @Setting(byDefault = "br zstd gzip", text = "Compressed siblings of plain files, such as site.css.br, that are sent to clients who take "
                + "them, the best first: br (.br), zstd (.zst), gzip (.gz). By the main class, the library and the Jetty module only")
        List<String> precompressed,
        @Setting(byDefault = "false", text = "Whether a directory without an index shows what is in it, before the fallback: what would be "
                + "served or run if it was asked for, and nothing else")
        boolean listing,
        @Setting(byDefault = "false", text = "Whether .htaccess files are read: access control, rewriting, index, error pages, headers and variables, as "
                + "far as applications ship them. The default is true in the main class, the library and the Jetty module. What deny, noExec and "
                + "allowedRoots say stays stronger. With checkFile=false without effect")
        boolean htaccess,
        @Setting(adds = true, text = "Rules of mod_rewrite for the whole application, as they would stand in an .htaccess file of the document root and before those that "
                + "are there, with htaccess=false too: RewriteRule ^old/(.*)$ /new/$1 [R=301,L]. RewriteRule, RewriteCond, RewriteBase, Redirect, RedirectMatch; "
                + "a line each, or the flag given several times, or the absolute path of a file that has them, which is never served. A preset's rules come behind them. "
                + "What is not understood is refused")
        TextLines rewrite) {

    private static final List<String> ENCODINGS = List.of("br", "zstd", "gzip");


    /** @throws IllegalArgumentException if a value cannot be used; the message begins with the setting's name and says what to change */
    public FileSettings {
        deny = List.copyOf(deny);
        allow = List.copyOf(allow);
        noExec = List.copyOf(noExec);
        allowedRoots = List.copyOf(allowedRoots);
        sendfileRoots = List.copyOf(sendfileRoots);
        internalLocation = Map.copyOf(internalLocation);
        cacheControl = Map.copyOf(cacheControl);
        precompressed = List.copyOf(precompressed);
        PathPattern.parse("deny", deny);
        PathPattern.parse("allow", allow);
        PathPattern.parse("noExec", noExec);
        allowedRoots.forEach(root -> root("allowedRoots", root));
        sendfileRoots.forEach(root -> root("sendfileRoots", root));
        internalLocation.forEach(FileSettings::location);
        for (String encoding : precompressed) {
            if (!ENCODINGS.contains(encoding)) {
                throw new IllegalArgumentException("precompressed has '" + encoding + "'; there are " + String.join(", ", ENCODINGS));
            }
        }
        SettingRules.of(rewrite.lines());
        cacheControl.keySet().forEach(pattern -> PathPattern.parse("cacheControl", pattern));
    }

    static Path root(String setting, String text) {
        try {
            Path root = Path.of(text);
            if (root.isAbsolute()) {
                return root;
            }
        } catch (InvalidPathException unusable) {
            throw new IllegalArgumentException(setting + " has '" + text + "': " + unusable.getReason(), unusable);
        }
        throw new IllegalArgumentException(setting + " has '" + text + "', which is relative; write it absolute");
    }

    static Path location(String prefix, String directory) {
        if (!prefix.startsWith("/")) {
            throw new IllegalArgumentException("internalLocation." + prefix + " does not begin with a slash: internalLocation./" + prefix);
        }
        return root("internalLocation." + prefix, directory);
    }
}
