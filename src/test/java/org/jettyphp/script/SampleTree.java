package org.jettyphp.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document root with all that is odd in it, and things outside that must stay there. */
record SampleTree(Path root) {

    static SampleTree in(Path directory) throws IOException {
        // Real, so that outcomes can be compared with names.
        Path base = directory.toRealPath();
        Path root = Files.createDirectory(base.resolve("www"));
        for (String file : List.of("index.php", "x.php", "style.css", "päge über.php", "bild ü.png", "dir/index.php", "dir/page.php",
                "static/index.html", "static/a.txt", "empty/a.txt", "lib.php/index.php", "lib.php/run.php", "lib.php/style.css",
                "uploads/evil.jpg", "WEB-INF/web.xml", "WEB-INF/run.php", "sub/meta-inf/x.php", "X.PHP", "page.phtml", "old.php5",
                "secret.phps", "tool.phar", "x.php~", "x.php.bak", ".x.php.swp", "photo.jpg", "holiday.photos.zip", "a.phone", "a+b&c.php",
                "100%.txt", "semi;colon.txt", "semi;colon.php", "%41.php", ".php", "php", "xphp", "x.php.txt", "x.phpx", "index.html.php",
                "back\\slash.txt", "back\\slash.php", "upper/Index.php", "trail.txt", "a:b/index.php", "both/index.html", "both/index.php",
                "sp ace/x.php")) {
            write(root.resolve(file));
        }
        for (String file : List.of("outside.php", "outside.txt", "outside/x.php", "outside/a.txt", "wwwevil/x.php")) {
            write(base.resolve(file));
        }
        link(root, "in.php", "x.php");
        link(root, "in.css", "style.css");
        link(root, "srclink.txt", "x.php");
        link(root, "phtml.txt", "page.phtml");
        link(root, "text.php", "style.css");
        link(root, "phtml.php", "page.phtml");
        link(root, "noext", "x.php");
        link(root, "web.xml", "WEB-INF/web.xml");
        link(root, "priv.php", "WEB-INF/run.php");
        link(root, "out.php", "../outside.php");
        link(root, "out.txt", "../outside.txt");
        link(root, "outdir", "../outside");
        link(root, "sibling", "../wwwevil");
        link(root, "indir", "dir");
        link(root, "round", "../www/dir");
        link(root, "dangling.php", "nowhere.php");
        link(root, "loop", "loop");
        link(root, "self", ".");
        link(root, "outindex/index.php", "../../outside.php");
        return new SampleTree(root);
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "<?php // " + file.getFileName());
    }

    private static void link(Path root, String name, String target) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.createSymbolicLink(root.resolve(name), Path.of(target));
    }

    ScriptSettings settings(@Nullable String fallback) {
        return new ScriptSettings(root, null, List.of("php"), true, List.of("index.php", "index.html"), fallback, null);
    }

    ScriptResolver resolver(@Nullable String fallback) {
        return new ScriptResolver(settings(fallback), Access.STANDARD);
    }
}
