package org.jettyphp.htaccess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Rules that stand in the settings and not in the document root: those of mod_rewrite, and {@code Redirect}. Any thread. */
public final class SettingRules {

    /** There are none. */
    public static final SettingRules NONE = new SettingRules(new Scope().made());

    private static final Set<String> KNOWN =
            Set.of("rewriteengine", "rewritebase", "rewritecond", "rewriterule", "redirect", "redirectmatch",
                    "redirectpermanent", "redirecttemp", "<ifmodule", "</ifmodule");

    private final Directives directives;

    private SettingRules(Directives directives) {
        this.directives = directives;
    }

    /**
     * Reads rules.
     *
     * @param lines rules, and absolute paths of files that have some; an empty line parts what several have given
     * @throws IllegalArgumentException with every line that is not understood, or would never do what it looks like
     */
    public static SettingRules of(List<String> lines) {
        SettingRules all = NONE;
        for (int from = 0; from < lines.size();) {
            String first = lines.get(from);
            int end = from + 1;
            while (!isFile(first) && end < lines.size() && !lines.get(end).isEmpty() && !isFile(lines.get(end))) {
                end++;
            }
            // With as many line ends in front as there are lines, so that messages have their numbers.
            all = all.then(isFile(first)
                    ? read("rewrite: " + first, text(first))
                    : read("rewrite", "\n".repeat(from) + String.join("\n", lines.subList(from, end))));
            from = end;
        }
        return all;
    }

    /** The files that are named among the lines. */
    public static Stream<Path> files(List<String> lines) {
        return lines.stream().filter(SettingRules::isFile).map(Path::of);
    }

    private static boolean isFile(String line) {
        return line.startsWith("/");
    }

    private SettingRules then(SettingRules others) {
        if (!areThere() || !others.areThere()) {
            return areThere() ? this : others;
        }
        RewriteRules mine = directives.rewrite();
        RewriteRules theirs = others.directives.rewrite();
        return new SettingRules(others.directives.merge(directives)
                .withRewrite(mine == null || theirs == null ? mine == null ? theirs : mine : mine.then(theirs)));
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("rewrite: " + file + " cannot be read as UTF-8: " + unreadable, unreadable);
        }
    }

    private static SettingRules read(String from, String text) {
        Line last = null;
        for (Line line : Line.of(text)) {
            check(from, line);
            last = line.key().startsWith("rewrite") ? line : last;
        }
        if (last != null && last.key().equals("rewritecond")) {
            throw refusal(from, last, "has no RewriteRule behind it");
        }
        HtaccessFile file = HtaccessParser.parse(from, text);
        if (!file.warnings().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", file.warnings()));
        }
        Directives said = file.directives();
        return new SettingRules(said.withRewrite(said.rewrite() == null ? null : said.rewrite().onUnlessOff()));
    }

    private static void check(String from, Line line) {
        if (!KNOWN.contains(line.key())) {
            throw refusal(from, line,
                    "is no rule; there are RewriteRule, RewriteCond, RewriteBase, Redirect and RedirectMatch, and the absolute path "
                            + "of a file");
        }
        String first = line.key().startsWith("rewrite") ? line.rewriteWords().stream().findFirst().orElse("") : "";
        if (line.key().equals("rewriterule") && (first.startsWith("^/") || first.startsWith("^(/")) && !first.startsWith("^/?")) {
            throw refusal(from, line, "never applies: a path has no slash in front here, as in .htaccess; leave it out behind the ^");
        }
        if (line.key().equals("rewritecond") && first.matches("%\\{DOCUMENT_ROOT}/?%\\{(REQUEST|SCRIPT)_FILENAME}.*")) {
            throw refusal(from, line,
                    "means no file: %{REQUEST_FILENAME} is a whole path here, as in .htaccess; leave %{DOCUMENT_ROOT} out");
        }
    }

    private static IllegalArgumentException refusal(String from, Line line, String why) {
        return new IllegalArgumentException(from + ":" + line.number() + ": '" + line + "' " + why);
    }

    /** Whether there are any. */
    public boolean areThere() {
        return directives.rewrite() != null || !directives.routing().redirects().isEmpty();
    }

    /** Those in force below a document root, by its real path. */
    public Applied at(Path root) {
        return areThere() ? new Applied(directives, Applied.withSlash(root), "", List.of()) : Applied.NONE;
    }
}
