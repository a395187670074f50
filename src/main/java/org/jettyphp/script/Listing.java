package org.jettyphp.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jettyphp.script.Decision.Child;
import org.jettyphp.script.Decision.Forbidden;
import org.jettyphp.script.Decision.ListDirectory;
import org.jettyphp.script.Decision.Redirect;
import org.jettyphp.script.Decision.RunScript;
import org.jettyphp.script.Decision.ServeFile;
import org.jspecify.annotations.Nullable;

/**
 * The content of a directory. Each child is decided as if it had been asked for, so that nothing is named that would be refused: what is
 * denied, links that lead out, scripts that do not run.
 */
record Listing(Path root, Path directory, UrlPath path, ServingPolicy policy, Function<UrlPath, Decision> decide) {

    /** The list, or why there is none. */
    Decision made() {
        Decision refusal = directory.equals(root) ? null : RealFile.of(root, directory, policy).refusal();
        if (refusal != null) {
            return refusal;
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Child> children = files.map(this::child).filter(Objects::nonNull)
                    .sorted(Comparator.comparing((Child child) -> !child.directory()).thenComparing(Child::name)).toList();
            return new ListDirectory(path.first(path.length()) + "/", children);
        } catch (IOException unreadable) {
            return new Forbidden("this process may not list " + directory);
        }
    }

    private @Nullable Child child(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
            if (!of.isRegularFile() && !of.isDirectory() || !isForEveryone(name)) {
                return null;
            }
            // A colon in the first segment would make the rest of it a scheme.
            String link = "./" + PercentCode.encode(name) + (of.isDirectory() ? "/" : "");
            return new Child(name, link, of.isDirectory(), of.size(), of.lastModifiedTime().toInstant());
        } catch (IOException gone) {
            return null;
        }
    }

    private boolean isForEveryone(String name) {
        try {
            Decision of = decide.apply(UrlPath.decode(path.encoded() + "/" + PercentCode.encode(name)));
            return of instanceof RunScript || of instanceof ServeFile || of instanceof Redirect;
        } catch (UnusablePathException inexpressible) {
            return false;
        }
    }
}
