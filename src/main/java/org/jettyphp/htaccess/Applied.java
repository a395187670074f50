package org.jettyphp.htaccess;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jettyphp.htaccess.Typing.Handler;
import org.jspecify.annotations.Nullable;

/** The rules in force for one file or directory: of all directories above it, and of the sections that mean it. Immutable. */
public final class Applied {

    /** Nothing is said. */
    public static final Applied NONE = new Applied(new Scope().made(), "", "", List.of());

    private final Directives directives;
    private final String rewriteDirectory;
    private final String name;
    private final List<PhpValue> php;

    Applied(Directives directives, String rewriteDirectory, String name, List<PhpValue> php) {
        this.directives = directives;
        this.rewriteDirectory = rewriteDirectory;
        this.name = name;
        this.php = php;
    }

    /** A directory as {@code Rewriting} wants it. */
    static String withSlash(Path directory) {
        String name = directory.toString();
        return name.equals("/") ? name : name + "/";
    }

    Directives directives() {
        return directives;
    }

    /** Whether URLs that are no file may mean something here. */
    public boolean answersMissing() {
        return rewrites() || fallback() != null && !fallback().isEmpty();
    }

    boolean rewrites() {
        return directives.rewrite() != null && directives.rewrite().apply();
    }

    RewriteRules rewriteRules() {
        return Objects.requireNonNull(directives.rewrite());
    }

    String rewriteDirectory() {
        return rewriteDirectory;
    }

    /** What answers for a directory: names within it, or paths with a slash in front; null: not said. */
    public @Nullable List<String> index() {
        return directives.routing().index();
    }

    /** What answers what is no file: a path; empty: nothing, whatever the settings say; null: not said. */
    public @Nullable String fallback() {
        return directives.routing().fallback();
    }

    /** Whether listing a directory is forbidden. */
    public boolean hidesContent() {
        return Boolean.FALSE.equals(directives.routing().lists());
    }

    /** Whether scripts do not run. */
    public boolean runsNothing() {
        return Boolean.FALSE.equals(directives.typing().runs());
    }

    /** Why a plain file is not to be sent, since Apache would hand it to somebody; null: it may be. */
    public @Nullable String notSent(String file) {
        Handler handler = directives.typing().handler();
        if ((handler == null || handler == Handler.NOBODY) && !directives.typing().handlers().isEmpty()) {
            for (String ending : endings(file)) {
                handler = directives.typing().handlers().getOrDefault(ending, handler);
            }
        }
        return handler == Handler.PHP
                ? "is for PHP, says .htaccess, and ends in none of scriptExtensions"
                : handler == Handler.PROGRAM ? "is for a program, says .htaccess, and there is none" : null;
    }

    /** What is asked of PHP for this file besides what all files have, the strongest last: below the document root, or in sections. */
    public List<PhpValue> php() {
        return php;
    }

    Additions additions(Map<String, String> variables, @Nullable String forced) {
        Map<String, String> all = environment(variables);
        List<HeaderEdit> edits = new ArrayList<>();
        for (HeaderRule rule : directives.headers()) {
            HeaderEdit edit = rule.edit(all);
            if (edit != null) {
                edits.add(edit);
            }
        }
        Freshness freshness = directives.freshness();
        String charset = directives.typing().charset();
        return new Additions(all, edits, directives.routing().errorDocuments(),
                Boolean.TRUE.equals(freshness.active()) ? new Additions.Expiry(freshness.byType(), freshness.byDefault()) : null,
                forced != null ? forced : type(), ofEnding(directives.typing().encodings()),
                charset == null || charset.isEmpty() ? null : charset);
    }

    private Map<String, String> environment(Map<String, String> variables) {
        Environment said = directives.environment();
        if (said.set().isEmpty() && said.unset().isEmpty()) {
            return variables;
        }
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.putAll(said.set());
        all.keySet().removeAll(said.unset());
        return all;
    }

    private @Nullable String type() {
        return directives.typing().forced() != null ? directives.typing().forced() : ofEnding(directives.typing().types());
    }

    private @Nullable String ofEnding(Map<String, String> byEnding) {
        String found = null;
        if (!byEnding.isEmpty()) {
            for (String ending : endings(name)) {
                found = byEnding.getOrDefault(ending, found);
            }
        }
        return found;
    }

    /** Apache takes all of them for one: {@code site.css.gz} has two. */
    private static List<String> endings(String name) {
        String[] parts = name.toLowerCase(Locale.ROOT).split("\\.");
        return parts.length < 2 ? List.of() : List.of(parts).subList(1, parts.length);
    }
}
