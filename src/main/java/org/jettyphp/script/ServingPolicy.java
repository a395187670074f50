package org.jettyphp.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jettyphp.htaccess.SettingRules;
import org.jspecify.annotations.Nullable;

/**
 * What is not there for anybody, what does not run, and where links may lead. Names are all it looks at, of the URL and of the real file, at
 * any depth and in any case: a document root may hold several applications, and its file system may ignore case. Our own configuration alone
 * is known by what it is.
 */
final class ServingPolicy {

    private static final int NONE = Integer.MAX_VALUE;

    /** A compressed copy holds what the file holds: {@code dump.sql.gz} is denied with {@code dump.sql}. */
    private static final List<String> COMPRESSED = List.of(".gz", ".br", ".zst", ".bz2", ".xz", ".zip");

    private final List<PathPattern> deny;
    private final List<PathPattern> allow;
    private final List<PathPattern> noExec;
    private final List<Path> allowedRoots;
    private final List<CacheRule> cacheRules;
    private final List<Path> configuration;
    private final boolean listing;

    private ServingPolicy(List<PathPattern> deny, FileSettings settings, List<Path> configuration) {
        this.configuration = configuration;
        this.listing = settings.listing();
        this.deny = deny;
        this.allow = PathPattern.parse("allow", settings.allow());
        this.noExec = PathPattern.parse("noExec", settings.noExec());
        this.cacheRules = settings.cacheControl().entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry<String, String>::getKey, Comparator.comparingInt(String::length).reversed()))
                .map(rule -> new CacheRule(PathPattern.parse("cacheControl", rule.getKey()), rule.getValue())).toList();
        this.allowedRoots = settings.allowedRoots().stream().map(root -> FileSettings.root("allowedRoots", root)).toList();
    }

    private record CacheRule(PathPattern pattern, String value) {}

    /** What is a script by its ending is not denied by it: somebody who sets {@code scriptExtensions=php inc} means it. */
    static ServingPolicy of(FileSettings settings, ScriptNames scripts, List<Path> configuration) {
        List<String> endings = scripts.extensions().stream().map(extension -> "*." + extension.toLowerCase(Locale.ROOT)).toList();
        List<PathPattern> deny = PathPattern.parse("deny", settings.deny()).stream()
                .filter(pattern -> pattern.path() || !endings.contains(pattern.globs().get(0))).toList();
        List<Path> own = new ArrayList<>(configuration);
        SettingRules.files(settings.rewrite().lines()).forEach(own::add);
        return new ServingPolicy(deny, settings, List.copyOf(own));
    }

    /**
     * The index of the first segment of the URL that is never served; {@link Integer#MAX_VALUE} if all may be. What is before it may run.
     */
    int firstIn(UrlPath path) {
        return firstIn(path, path.length());
    }

    /**
     * The same where a name hides what is there only: the rest is a front controller's own, such as {@code /wiki/.NET}. The private
     * directories of a web application are nobody's.
     *
     * @param there how many leading segments may be names of files that exist
     */
    int firstIn(UrlPath path, int there) {
        List<String> names = new ArrayList<>(path.length());
        List<Integer> segments = new ArrayList<>(path.length());
        int first = NONE;
        for (int i = 0; i < path.length(); i++) {
            for (String name : path.pieces(i)) {
                first = isPrivate(name) ? Math.min(first, i) : first;
                names.add(name.toLowerCase(Locale.ROOT));
                segments.add(i);
            }
        }
        int denied = firstDenied(names);
        return denied != NONE && segments.get(denied) < there ? Math.min(first, segments.get(denied)) : first;
    }

    /** Whether a real file, relative to the real root, is never served, whichever link led to it. */
    boolean hides(Path relative) {
        for (Path name : relative) {
            if (isPrivate(name.toString()) || isRules(name.toString())) {
                return true;
            }
        }
        return firstDenied(names(relative)) != NONE;
    }

    /** Whether a real file is our own configuration, which may have any name. Asked afresh: a deploy may have put another one in its place. */
    boolean isConfiguration(Path real) {
        for (Path file : configuration) {
            try {
                if (Files.isSameFile(real, file)) {
                    return true;
                }
            } catch (IOException missing) {
                // Then it is not this one.
            }
        }
        return false;
    }

    /** Whether directories without an index are listed. */
    boolean lists() {
        return listing;
    }

    /** Whether there is a place where scripts do not run. */
    boolean hasNoExec() {
        return !noExec.isEmpty();
    }

    /** Whether scripts do not run there. */
    boolean runsNothingIn(Path relative) {
        List<String> names = names(relative);
        return noExec.stream().anyMatch(pattern -> pattern.reach(names) > 0);
    }

    /** The Cache-Control of a plain file, by its name below the root; null: none. */
    @Nullable
    String cacheControl(Path relative) {
        if (cacheRules.isEmpty()) {
            return null;
        }
        List<String> names = names(relative);
        return cacheRules.stream().filter(rule -> rule.pattern().reach(names) > 0).map(CacheRule::value).findFirst().orElse(null);
    }

    /** Which of the {@code allowedRoots} a real file is in, by its real path, taken now; null if in none. */
    @Nullable
    Path allowedRoot(Path real) {
        for (Path allowed : allowedRoots) {
            try {
                Path root = allowed.toRealPath();
                if (real.startsWith(root)) {
                    return root;
                }
            } catch (IOException missing) {
                // Then nothing is in it.
            }
        }
        return null;
    }

    /** A private directory of a web application. */
    static boolean isPrivate(String name) {
        return name.equalsIgnoreCase("WEB-INF") || name.equalsIgnoreCase("META-INF");
    }

    /** Apache's own rules, passwords and groups, whatever {@code allow} has. */
    private static boolean isRules(String name) {
        return name.regionMatches(true, 0, ".ht", 0, ".ht".length());
    }

    private static List<String> names(Path relative) {
        List<String> names = new ArrayList<>(relative.getNameCount());
        relative.forEach(name -> names.add(name.toString().toLowerCase(Locale.ROOT)));
        return names;
    }

    private int firstDenied(List<String> names) {
        if (!hasCompressed(names)) {
            return firstDenied(names, names);
        }
        List<String> uncompressed = names.stream().map(ServingPolicy::uncompressed).toList();
        return Math.min(firstDenied(names, uncompressed), firstDenied(uncompressed, names));
    }

    private static boolean hasCompressed(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (!uncompressed(names.get(i)).equals(names.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static String uncompressed(String name) {
        for (String ending : COMPRESSED) {
            if (name.endsWith(ending)) {
                return name.substring(0, name.length() - ending.length());
            }
        }
        return name;
    }

    /** @param alias the same names in their other form, which may be allowed too */
    private int firstDenied(List<String> names, List<String> alias) {
        int first = NONE;
        for (PathPattern pattern : deny) {
            int denied = pattern.path() ? pattern.reach(names) - 1 : firstMeant(pattern, names, alias);
            if (denied >= 0 && denied < first && !isAllowed(names.get(denied)) && !isAllowed(alias.get(denied))) {
                first = denied;
            }
        }
        return first != NONE && (isAllowedPath(names) || isAllowedPath(alias)) ? NONE : first;
    }

    /** Names that are allowed do not stand for what is below them. */
    private int firstMeant(PathPattern pattern, List<String> names, List<String> alias) {
        for (int i = 0; i < names.size(); i++) {
            if (pattern.means(names.get(i)) && !isAllowed(names.get(i)) && !isAllowed(alias.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAllowedPath(List<String> names) {
        return allow.stream().anyMatch(pattern -> pattern.path() && pattern.reach(names) > 0);
    }

    private boolean isAllowed(String name) {
        return allow.stream().anyMatch(pattern -> pattern.means(name));
    }
}
